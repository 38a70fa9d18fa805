import { type DataSource } from "typeorm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Terms } from "#domain/commitments/events.js";
import { type DomainEvent } from "#domain/event.js";
import { type RecordedEvent } from "#event-store/event.js";
import { openDatabases, type TestDatabases } from "#read-models/spec-support/database.js";
import { id, Journal, PROVIDER } from "#read-models/spec-support/journal.js";
import { project, startOver } from "#read-models/spec-support/rows.js";
import { accountOpened, assigned, customerCreated, terminated, termsOf } from "#read-models/spec-support/story.js";
import { issueInvoice } from "../spec-support/issued-invoice.js";
import { type DeliveryKind, type DeliveryTo } from "../deliveries/target.js";
import { prepareSignal } from "./prepare.js";

let databases: TestDatabases;
let dataSource: DataSource;
let journal: Journal;
beforeAll(async () => {
  databases = await openDatabases();
  dataSource = await databases.migrated();
});
afterAll(() => databases.stop());

const ON = { effectiveOn: "2020-07-01" };
const AT = "2020-08-01T22:30:00.000Z";

const record = (category: string, name: string, ...events: DomainEvent[]): RecordedEvent => {
  const [first] = journal.record(category, name === PROVIDER ? name : id(name), events, { at: AT });
  if (!first) throw new Error("nothing was recorded");
  return first;
};
const contact = (name: string, email: string | null, phone: string | null): DomainEvent => ({
  type: "CustomerContactChanged",
  data: { ...ON, personal: { name, companyDomain: null, email, phone } },
});
/** An invoice of 15.00 that has its number. */
const invoice = (name: string, number: number, dueOn: string) => issueInvoice(record, name, number, dueOn);
const paid = (payment: string, amount: string) =>
  record("receivables", "Ann", {
    type: "PaymentRecorded",
    data: {
      ...{ paymentId: id(payment), customerId: id("Ann"), amount, currency: "USD", method: "BANK_TRANSFER" },
      ...{ valueOn: "2020-07-30", invoiceId: null, effectiveOn: "2020-08-02" },
      personal: { reference: null, note: null },
    },
  });
const overdue = (name: string) =>
  record("receivables", "Ann", {
    type: "InvoiceOverdue",
    data: {
      ...{ invoiceId: id(name), number: "INV-000001", dueOn: "2020-08-15", open: "10.00", currency: "USD" },
      ...{ causes: [], effectiveOn: "2020-08-16" },
    },
  });
const service = (type: "CustomerSuspended" | "CustomerUnsuspended", on: string, more: object = {}) =>
  record("customer", "Ann", { type, data: { effectiveOn: on, personal: { reason: null }, ...more } });

/** 20.00 a month with 5.00 off. */
const TERMS: Terms = {
  ...termsOf("turbo", "Turbo"),
  recurring: [
    {
      ...{ rowId: "recurring-1", subscriptionId: id("subscription"), description: "Turbo", addOnProductId: null },
      ...{ fees: { MONTHLY: "20.00" }, discount: "5.00", minimumPeriods: 24, prorateFirst: true, prorateLast: true },
    },
  ],
};

/** A customer in Berlin with a commitment. */
beforeEach(async () => {
  await startOver(dataSource);
  journal = new Journal();
  record("provider", PROVIDER, {
    type: "ProviderCreated",
    data: { providerId: PROVIDER, name: "Acme & Co", invoiceNumberPrefix: "INV-", ...ON },
  });
  record("customer", "Ann", customerCreated("Ann"), contact("Ann Ö.", "ann@example.org", "+49 30 1"));
  record("account", "+49 1", accountOpened("+49 1", "Ann"));
  record("commitment", "first", assigned("first", "+49 1", "Ann", "2022-07-01", { terms: TERMS }));
});

/** What Odoo is told of an event, once everything in the journal is projected. */
const told = async (event: RecordedEvent, kind: DeliveryKind<"ODOO">, on: string, subject: string | null) => {
  await startOver(dataSource);
  await project(dataSource, journal.events);
  const delivery: DeliveryTo<"ODOO"> = {
    ...{ id: id("delivery"), provider: PROVIDER, customerId: id("Ann"), target: "ODOO", kind, on },
    subjectId: subject === null ? null : id(subject),
    event: { id: event.id, stream: event.stream, revision: event.revision, recordedAt: AT },
  };
  return (await prepareSignal(delivery, { store: journal.store, dataSource })).content;
};
const ANN = { name: "Ann Ö.", email: "ann@example.org", phone: "+49 30 1" };
const signal = (type: string, data: object) => ({
  ...{ id: id("delivery"), type, timestamp: AT },
  data: { customer: { id: id("Ann"), ...ANN }, ...data },
});
const total = { total: "15.00", currency: "USD" };

describe("the signal of an invoice", () => {
  it("says what is left to pay after the balance, as it was when it got its number, with the customer's data of then", async () => {
    paid("before", "4.00");
    const event = invoice("one", 1, "2020-08-15");
    paid("after", "5.00");
    record("customer", "Ann", contact("Ann of later", null, null));
    const data = { number: "INV-000001", amountDue: "11.00", ...total, dueDate: "2020-08-15" };
    expect(await told(event, "INVOICE_GENERATED", "2020-08-01", "one")).toEqual(
      signal("invoice.generated", { invoice: { ...data, status: "PARTIALLY_PAID" } }),
    );
  });

  it("is sent of one that the balance paid whole", async () => {
    paid("before", "40.00");
    const event = invoice("one", 1, "2020-08-15");
    expect((await told(event, "INVOICE_GENERATED", "2020-08-01", "one")).data).toMatchObject({
      invoice: { amountDue: "0.00", status: "PAID" },
    });
  });

  it("says of an overdue one what was left then, though it was paid meanwhile", async () => {
    invoice("one", 1, "2020-08-15");
    paid("first", "5.00");
    const event = overdue("one");
    paid("second", "10.00");
    const data = { number: "INV-000001", amountDue: "10.00", ...total, dueDate: "2020-08-15", status: "OVERDUE" };
    expect(await told(event, "INVOICE_OVERDUE", "2020-08-16", "one")).toEqual(
      signal("invoice.overdue", { invoice: data }),
    );
  });
});

describe("the signal of a suspension", () => {
  it("says why, since when, and what is overdue", async () => {
    invoice("one", 1, "2020-08-15");
    invoice("two", 2, "2020-09-15");
    paid("first", "5.00");
    const event = service("CustomerSuspended", "2020-08-25", { origin: "NON_PAYMENT" });
    expect(await told(event, "CUSTOMER_SUSPENDED", "2020-08-25", null)).toEqual(
      signal("customer.suspended", { reason: "NON_PAYMENT", since: "2020-08-25", amountOverdue: "10.00" }),
    );
    paid("second", "10.00");
    const lifted = service("CustomerUnsuspended", "2020-08-28", { origin: "NON_PAYMENT" });
    expect(await told(lifted, "CUSTOMER_UNSUSPENDED", "2020-08-28", null)).toEqual(
      signal("customer.unsuspended", { reason: "NON_PAYMENT", since: "2020-08-28", amountOverdue: "0.00" }),
    );
  });

  it("says what a person typed, of what was ordered for a coming day too", async () => {
    const typed = (reason: string) => ({ orderedOn: "2020-08-01", personal: { reason } });
    service("CustomerSuspended", "2020-08-10", typed("Moves house"));
    service("CustomerUnsuspended", "2020-08-20", typed("Has moved"));
    const data = { customerId: id("Ann") };
    const began = record("lifecycle", "Ann", {
      type: "SuspensionTookEffect",
      data: { ...data, effectiveOn: "2020-08-10" },
    });
    const ended = record("lifecycle", "Ann", {
      type: "UnsuspensionTookEffect",
      data: { ...data, effectiveOn: "2020-08-20" },
    });
    expect((await told(began, "CUSTOMER_SUSPENDED", "2020-08-10", null)).data).toMatchObject({
      ...{ reason: "Moves house", since: "2020-08-10", amountOverdue: "0.00" },
    });
    expect((await told(ended, "CUSTOMER_UNSUSPENDED", "2020-08-20", null)).data).toMatchObject({
      ...{ reason: "Has moved", since: "2020-08-20" },
    });
  });
});

describe("the signal of a termination", () => {
  const ended = (on: string) =>
    record("lifecycle", "first", {
      type: "TerminationTookEffect",
      data: { commitmentId: id("first"), effectiveOn: on },
    });
  const commitment = { id: id("first"), name: "Turbo", account: "+49 1" };

  it.each([true, false])("says what the penalty is; the period is billed: %s", async (isBilled) => {
    if (isBilled) invoice("one", 1, "2020-08-15");
    record("commitment", "first", terminated("2020-07-31", "5.00"));
    const event = ended("2020-08-01");
    record("customer", "Ann", contact("Ann of later", null, null));
    expect(await told(event, "COMMITMENT_TERMINATED", "2020-08-01", "first")).toEqual(
      signal("commitment.terminated", {
        commitment: { ...commitment, terminatedOn: "2020-07-31", early: true, penalty: "5.00" },
      }),
    );
  });

  it.each([
    ["on the last discounted day", "2022-06-30"],
    ["before it began", "2020-06-30"],
  ])("is not early %s", async (_when, terminatedOn) => {
    record("commitment", "first", terminated(terminatedOn, "0.00"));
    const on = terminatedOn === "2020-06-30" ? "2020-07-01" : "2022-07-01";
    expect((await told(ended(on), "COMMITMENT_TERMINATED", on, "first")).data).toMatchObject({
      commitment: { ...commitment, terminatedOn, early: false, penalty: "0.00" },
    });
  });
});

it("needs its event and its customer", async () => {
  const event = invoice("one", 1, "2020-08-15");
  const unknown = { ...event, id: id("another") };
  await expect(told(unknown, "INVOICE_GENERATED", "2020-08-01", "one")).rejects.toThrow("its event is not there.");
});
