import { describe, expect, it } from "vitest";
import { type CreditNoteSealed, type InvoiceSealed } from "../invoicing/events.js";
import { type PaymentRecorded } from "../invoicing/payment-events.js";
import { type RoundingMode } from "../money.js";
import { at, customer } from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { withMoney, withNumber, withSealed, withVoidInvoice } from "./account.js";
import { type Collection, NO_COLLECTION, unpaidOf, withCollectionEvent } from "./collection.js";
import { exemptFromCollection, exemptionEvolver, liftWhenPaid, promiseToPay, takeSteps } from "./decide.js";

const rounding: RoundingMode = "HALF_UP";
const sealed = {
  ...{ customerId: "customer-1", period: { from: "2021-05-01", until: "2021-05-31" }, currency: "USD" },
  ...{ issuedOn: "2021-06-01", rounding, lineCount: 0, totalsByKind: {}, pages: [], contentHash: "" },
  ...{ basis: [], effectiveOn: "2021-06-01" },
};
const recipient = { name: "John Doe", companyDomain: null, email: null, phone: null };
const invoice = (invoiceId: string, dueOn: string, total = "15.00"): InvoiceSealed => ({
  type: "InvoiceSealed",
  data: { ...sealed, invoiceId, total, dueOn, graceDays: 14, personal: { recipient } },
});
const creditNote = (creditNoteId: string, total: string, invoiceId: string | null): CreditNoteSealed => ({
  type: "CreditNoteSealed",
  data: {
    ...{ ...sealed, creditNoteId, total, invoiceId },
    ...{ purpose: invoiceId === null ? "PERIOD" : "CORRECTION", personal: { recipient } },
  },
});

const numbered = (state: Collection, event: InvoiceSealed | CreditNoteSealed, today = "2021-06-20"): Collection => {
  const documentId = event.type === "InvoiceSealed" ? event.data.invoiceId : event.data.creditNoteId;
  const waiting = withSealed(state, event, `seal of ${documentId}`, today);
  return withNumber(waiting, { documentId, number: documentId, eventId: `number of ${documentId}` }, today) ?? waiting;
};

const payment = (amount: string, invoiceId: string | null = null): PaymentRecorded => ({
  type: "PaymentRecorded",
  data: {
    ...{ paymentId: "payment", customerId: "customer-1", amount, currency: "USD", method: "CASH", invoiceId },
    ...{ valueOn: "2021-06-20", effectiveOn: "2021-06-20", personal: { reference: null, note: null } },
  },
});

const owing = numbered(NO_COLLECTION, invoice("one", "2021-06-15"));
const promise = { by: "2021-06-30", eventId: "promise" };

describe("what is unpaid", () => {
  it("is an invoice with a number, until it is credited", () => {
    expect(unpaidOf(withSealed(NO_COLLECTION, invoice("one", "2021-06-15"), "seal", "2021-06-01"))).toEqual([]);
    expect(unpaidOf(owing)).toEqual([
      {
        ...{ invoiceId: "one", issuedOn: "2021-06-01", number: "one", open: "15.00" },
        ...{ dueOn: "2021-06-15", cause: "seal of one" },
      },
    ]);
    const partly = numbered(owing, creditNote("note", "-5.00", "one"));
    expect(unpaidOf(partly).map(({ open }) => open)).toEqual(["10.00"]);
    expect(unpaidOf(numbered(partly, creditNote("rest", "-10.00", null)))).toEqual([]);
    // Those that people issue are used at once, the credit note of a period with its number.
    const sealed = (event: CreditNoteSealed) => unpaidOf(withSealed(owing, event, "seal", "2021-06-20"));
    expect(sealed(creditNote("note", "-5.00", "one")).map(({ open }) => open)).toEqual(["10.00"]);
    expect(sealed(creditNote("note", "-5.00", null)).map(({ open }) => open)).toEqual(["15.00"]);
  });

  it("is not a void invoice", () => {
    const ofVoid = creditNote("note", "-15.00", "one");
    const seal: CreditNoteSealed = { ...ofVoid, data: { ...ofVoid.data, purpose: "VOID" } };
    const note = withSealed(owing, seal, "seal", "2021-06-20");
    const voided = { invoiceId: "one", creditNoteId: "note", period: sealed.period, undoneFrom: null };
    const after = withVoidInvoice(
      note,
      { ...voided, effectiveOn: "2021-06-20", personal: { reason: "wrong" } },
      "void",
      "2021-06-20",
    );
    expect(unpaidOf(after)).toEqual([]);
  });

  it("ends a promise that was made before anything is overdue when nothing is open any more", () => {
    const [early, withTwo] = [owing, numbered(owing, invoice("two", "2021-07-15"), "2021-06-10")].map((state) => ({
      ...{ ...state, promise },
    }));
    const paid = (state: Collection | undefined, amount: string, on: string) =>
      state && withMoney(state, payment(amount), "payment", on).promise;
    expect(paid(early, "5.00", "2021-06-10")).toEqual(promise);
    expect(paid(early, "15.00", "2021-06-10")).toBeNull();
    expect(paid(withTwo, "15.00", "2021-06-10")).toEqual(promise);
    expect(paid(withTwo, "15.00", "2021-06-16")).toBeNull();
    expect(paid(withTwo, "30.00", "2021-06-10")).toBeNull();
    // Nothing was owed, and nothing is: the invoice that was promised for is still to come.
    expect(paid({ ...NO_COLLECTION, promise }, "5.00", "2021-06-10")).toEqual(promise);
  });

  it("ends a promise once nothing of it is overdue", () => {
    const promised = { ...numbered(owing, invoice("two", "2021-07-15")), promise };
    expect(numbered(promised, creditNote("note", "-5.00", null)).promise).toEqual(promise);
    expect(numbered(promised, creditNote("note", "-15.00", null)).promise).toBeNull();
  });

  it("is not what was written off", () => {
    const written = { invoiceId: "one", amount: "15.00", effectiveOn: "2021-06-20", personal: { reason: "Bankrupt" } };
    const after = withMoney(owing, { type: "InvoiceWrittenOff", data: written }, "written off", "2021-06-20");
    expect(unpaidOf(after)).toEqual([]);
    expect(after.changedBy).toBe("written off");
  });

  it("after a reversal is collected again, with the reversal as its cause", () => {
    const taken = withCollectionEvent(
      owing,
      {
        type: "InvoiceOverdue",
        data: {
          ...{ invoiceId: "one", number: "one", dueOn: "2021-06-15", open: "15.00", currency: "USD" },
          ...{ causes: [], effectiveOn: "2021-06-16" },
        },
      },
      "overdue",
    );
    const paid = withMoney(taken, payment("15.00"), "payment", "2021-06-20");
    expect(unpaidOf(paid)).toEqual([]);
    const reversal = {
      paymentId: "payment",
      amount: "15.00",
      effectiveOn: "2021-06-22",
      personal: { reason: "Bounced" },
    };
    const again = withMoney(paid, { type: "PaymentReversed", data: reversal }, "reversal", "2021-06-22");
    expect(again.taken).toEqual([]);
    expect(unpaidOf(again).map(({ open, cause }) => ({ open, cause }))).toEqual([{ open: "15.00", cause: "reversal" }]);
  });
});

describe("the steps of a day", () => {
  const terms = {
    ...{ suspendAfterDays: 10, terminateAfterDays: 10 },
    ...{ remindAfterDays: [10], warnBeforeSuspensionDays: 0 },
  };
  const standing = { collection: { ...owing, promise }, terms, isSuspended: false, isClosed: false };

  it("say what is overdue, and because of what", () => {
    const two = numbered(owing, invoice("two", "2021-06-24", "7.00"));
    const demand = {
      ...{ invoiceId: "one", amountOverdue: "22.00", currency: "USD" },
      ...{ causes: ["seal of one"], effectiveOn: "2021-06-25" },
    };
    expect(takeSteps({ ...standing, collection: two }, "2021-06-25", ["commitment"])).toEqual([
      {
        type: "InvoiceOverdue",
        data: {
          ...{ invoiceId: "one", number: "one", dueOn: "2021-06-15", open: "15.00", currency: "USD" },
          ...{ causes: ["seal of one"], effectiveOn: "2021-06-25" },
        },
      },
      {
        type: "InvoiceOverdue",
        data: {
          ...{ invoiceId: "two", number: "two", dueOn: "2021-06-24", open: "7.00", currency: "USD" },
          ...{ causes: ["seal of two"], effectiveOn: "2021-06-25" },
        },
      },
      { type: "PaymentReminderDue", data: { ...demand, afterDays: 10 } },
      { type: "SuspensionWarned", data: { ...demand, suspensionOn: "2021-06-25" } },
      { type: "SuspendedForNonPayment", data: demand },
      {
        type: "TerminatedForNonPayment",
        data: {
          ...{ invoiceId: "one", commitmentIds: ["commitment"] },
          ...{ causes: ["seal of one"], effectiveOn: "2021-06-25" },
        },
      },
    ]);
  });

  it("name the promise that they waited for", () => {
    const suspension = takeSteps(standing, "2021-07-01", []).find(({ type }) => type === "SuspendedForNonPayment");
    expect(suspension?.data.causes).toEqual(["seal of one", "promise"]);
  });
});

describe("a suspension for non-payment", () => {
  it("is lifted once nothing is overdue, and not before", () => {
    const suspended = { isSuspended: true };
    expect(liftWhenPaid({ collection: owing, ...suspended }, "2021-06-20")).toEqual([]);
    const paid = numbered(numbered(owing, invoice("two", "2021-07-15")), creditNote("note", "-15.00", null));
    expect(liftWhenPaid({ collection: paid, ...suspended }, "2021-07-15")).toEqual([
      { type: "NonPaymentSuspensionLifted", data: { causes: ["number of note"], effectiveOn: "2021-07-15" } },
    ]);
    expect(liftWhenPaid({ collection: paid, ...suspended }, "2021-07-16")).toEqual([]);
    expect(liftWhenPaid({ collection: paid, isSuspended: false }, "2021-07-15")).toEqual([]);
  });
});

describe("what people tell collection", () => {
  const given = givenFor(exemptionEvolver);
  const facts = { customer: customer() };
  const now = at("2021-06-20");

  it("is a promise through today or a later day", () => {
    for (const by of ["2021-06-20", "2021-06-30"]) {
      expect(promiseToPay({ by, note: "By bank", now }, facts)).toEqual([
        { type: "PaymentPromised", data: { by, effectiveOn: "2021-06-20", personal: { note: "By bank" } } },
      ]);
    }
    given()
      .when(() => promiseToPay({ by: "2021-06-19", note: null, now }, facts))
      .thenRejected("INVALID_DATE", "by");
    given()
      .when(() => promiseToPay({ by: "2021-06-20", note: null, now }, { customer: null }))
      .thenRejected("CUSTOMER_NOT_FOUND", "customerId");
  });

  it("is an exemption, and its end", () => {
    const set = (exempt: boolean) =>
      ({
        type: "CollectionExemptionSet",
        data: { exempt, effectiveOn: "2021-06-20", personal: { reason: null } },
      }) as const;
    const order = (exempt: boolean) => (state: { exempt: boolean }) =>
      exemptFromCollection({ exempt, reason: null, now }, state, facts);
    given()
      .when(order(true))
      .then([set(true)]);
    given(set(true)).when(order(true)).then([]);
    given(set(true))
      .when(order(false))
      .then([set(false)]);
    given().when(order(false)).then([]);
  });
});
