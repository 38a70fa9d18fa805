import { describe, expect, it } from "vitest";
import { billedLines, movedBy, withLines } from "../billing/ledger.js";
import { type Line } from "../billing/line.js";
import { type Interval, type LocalDate } from "../calendar.js";
import { type Commitment } from "../commitments/commitment.js";
import { type CustomerHistory } from "../commitments/history.js";
import { type CustomerEvent } from "../customers/events.js";
import { type Books, close, moved } from "../spec-support/books.js";
import { NOTHING_BILLED } from "../billing/ledger.js";
import { at, customer, customerCreated, rateSet, suspended, unsuspended } from "../spec-support/examples.js";
import { givenFor, stateOf } from "../spec-support/given.js";
import {
  commitment,
  history,
  month,
  oneTimeLine,
  penaltyLine,
  recurringLine,
  terms,
  tv,
} from "../spec-support/history.js";
import { issueCreditNote, reissueInvoice, voidInvoice } from "./correct-invoices.js";
import { type ReceivablesEvent } from "./events.js";
import { pagesOf, seal } from "./invoice.js";
import { totalsOf } from "./totals.js";
import { receivablesEvolver } from "./receivables.js";

const [july, august, september] = [month("2020-07"), month("2020-08"), month("2020-09")];
const held = (changes: Partial<Commitment> = {}): Commitment => ({
  ...commitment({ effectiveOn: "2020-07-01", discountEnd: "2022-07-01" }),
  ...changes,
});
const owned = (one: Commitment, ...events: CustomerEvent[]): CustomerHistory =>
  history([one], { owner: customer(customerCreated(), ...events) });
/** Suspended for the first seven of 31 days: 24/31 of 20.00 - 5.00 are 15.48 - 3.87 = 11.61. */
const away = [suspended("2020-07-01"), unsuspended("2020-07-08")];

const hash = (value: unknown) => `hash of ${String((value as unknown[]).length)}`;
const basis = { entries: [], pages: [], recomputedFrom: null };
const invoiceOf = (period: Interval, attempt = 0) => `invoice of ${period.from}${attempt === 0 ? "" : ` ${attempt}`}`;
const factsOf = (told: CustomerHistory, books: Books, isIssued = true) => ({
  billing: { ...books, history: told },
  basis: [],
  isIssued,
  hash,
  pageId: ({ data }: { data: { invoiceId: string; page: number } }) => `${data.invoiceId} page ${data.page}`,
  idOf: (from: LocalDate, attempt: number) => invoiceOf(month(from.slice(0, 7)), attempt),
});

/** Closes a period: the books and the events of it. */
const closed = (books: Books, told: CustomerHistory, period: Interval) => {
  const { lines, books: after } = close(books, told, period);
  const invoiceId = invoiceOf(period);
  const event = seal({
    ...{ invoiceId, customer: told.customer, period, issuedOn: period.to, pages: [], contentHash: "", basis },
    totals: totalsOf(lines, "USD"),
    terms: { name: "", graceDays: 14, rounding: "HALF_UP" },
  });
  return { books: after, events: [...pagesOf(invoiceId, lines, period, hash), event] };
};
const linesOf = (events: readonly ReceivablesEvent[]): readonly Line[] =>
  events.flatMap((event) => (event.type === "InvoicePageRecorded" ? event.data.lines : []));
const shown = ({ kind, from, until, days, fee, discount, discountOrigin, net }: Line) =>
  [kind, from, until, days, fee, discount, discountOrigin, net] as const;
/** The books after a document that belongs to a period. */
const billedWith = (books: Books, events: readonly ReceivablesEvent[], id: string, period: Interval): Books => ({
  ...books,
  sealed: withLines(books.sealed, linesOf(events)),
  billed: [...books.billed, ...billedLines(id, linesOf(events), period)],
});

const given = givenFor(receivablesEvolver);
const plain = owned(held());
const one = closed(NOTHING_BILLED, plain, july);
const command = { invoiceId: invoiceOf(july), creditNoteId: "note-1", reason: "Wrong", now: at("2020-09-02") };

const voidedBy = (before: { books: Books; events: ReceivablesEvent[] }, told: CustomerHistory, period: Interval) => {
  const state = stateOf(receivablesEvolver, before.events);
  const events = voidInvoice({ ...command, invoiceId: invoiceOf(period) }, state, factsOf(told, before.books));
  const books = { ...billedWith(before.books, events, "note-1", period), voided: new Set([period.from]) };
  return { books, events: [...before.events, ...events] };
};

describe("a void invoice", () => {
  // Billed 15.00, corrected by -3.39 on the next invoice: 11.61 are not credited yet.
  const late = moved(one.books, { eventId: "late", commitmentId: null, effectiveOn: "2020-07-01" });
  const two = closed(late, owned(held(), ...away), august);
  const state = stateOf(receivablesEvolver, [...one.events, ...two.events]);

  it("is credited with what is not credited yet", () => {
    expect(linesOf(two.events).map(shown)).toEqual([
      ["ADJUSTMENT", "2020-07-01", "2020-07-07", 7, "-4.52", "-1.13", "COMMITMENT", "-3.39"],
      ["RECURRING", "2020-08-01", "2020-08-31", 31, "20.00", "5.00", "COMMITMENT", "15.00"],
    ]);
    const lines = [
      recurringLine({
        ...{ kind: "ADJUSTMENT", from: "2020-07-08", until: "2020-07-31", days: 24 },
        ...{ fee: "-15.48", discount: "-3.87", net: "-11.61", causes: [] },
        corrects: {
          kind: "RECURRING",
          period: { from: "2020-07-01", until: "2020-07-31" },
          lines: [{ invoiceId: invoiceOf(july), line: 1 }],
          charged: [],
          voids: true,
        },
      }),
    ].map(({ unitFee: _, unitDiscount: __, ...line }) => line);
    given(...one.events, ...two.events)
      .when((before) => voidInvoice(command, before, factsOf(owned(held(), ...away), two.books)))
      .then([
        {
          type: "InvoicePageRecorded",
          data: { invoiceId: "note-1", page: 1, lines, contentHash: "hash of 1", effectiveOn: "2020-09-02" },
        },
        {
          type: "CreditNoteSealed",
          data: {
            ...{ creditNoteId: "note-1", purpose: "VOID", invoiceId: invoiceOf(july), customerId: "customer-1" },
            ...{ period: { from: "2020-07-01", until: "2020-07-31" }, currency: "USD", issuedOn: "2020-09-02" },
            ...{ rounding: "HALF_UP", lineCount: 1, totalsByKind: { ADJUSTMENT: "-11.61" }, total: "-11.61" },
            pages: [{ page: 1, eventId: "note-1 page 1", contentHash: "hash of 1" }],
            ...{ contentHash: "hash of 1", basis: [], rules: 2, effectiveOn: "2020-09-02" },
            personal: { recipient: customer().contact, reason: "Wrong" },
          },
        },
        {
          type: "InvoiceVoided",
          data: {
            ...{
              invoiceId: invoiceOf(july),
              creditNoteId: "note-1",
              period: { from: "2020-07-01", until: "2020-07-31" },
              undoneFrom: null,
              effectiveOn: "2020-09-02",
            },
            personal: { reason: "Wrong" },
          },
        },
      ]);
  });

  it("has its adjustments undone: the next close makes them again", () => {
    const facts = factsOf(owned(held(), ...away), two.books);
    const events = voidInvoice({ ...command, invoiceId: invoiceOf(august) }, state, facts);
    expect(linesOf(events).map(shown)).toEqual([
      ["ADJUSTMENT", "2020-07-01", "2020-07-07", 7, "4.52", "1.13", "COMMITMENT", "3.39"],
      ["ADJUSTMENT", "2020-08-01", "2020-08-31", 31, "-20.00", "-5.00", "COMMITMENT", "-15.00"],
    ]);
    expect(events.at(-1)).toMatchObject({ data: { undoneFrom: "2020-07-01" } });
    const voided = { ...billedWith(two.books, events, "note-1", august), voided: new Set(["2020-08-01"]) };
    const next = moved(voided, { eventId: "voided", commitmentId: null, effectiveOn: "2020-07-01" });
    expect(linesOf(closed(next, owned(held(), ...away), september).events).map(shown)).toEqual([
      ["ADJUSTMENT", "2020-07-01", "2020-07-07", 7, "-4.52", "-1.13", "COMMITMENT", "-3.39"],
      ["RECURRING", "2020-09-01", "2020-09-30", 30, "20.00", "5.00", "COMMITMENT", "15.00"],
    ]);
  });

  it("keeps its adjustments of what is void: they were credited with that", () => {
    const told = owned(held(), ...away);
    const before = [...one.events, ...two.events];
    const first = voidedBy({ books: two.books, events: before }, told, july);
    expect(linesOf(first.events.slice(before.length)).map(shown)).toEqual([
      ["ADJUSTMENT", "2020-07-08", "2020-07-31", 24, "-15.48", "-3.87", "COMMITMENT", "-11.61"],
    ]);
    const both = voidedBy(first, told, august).events.slice(first.events.length);
    expect(linesOf(both).map(shown)).toEqual([
      ["ADJUSTMENT", "2020-08-01", "2020-08-31", 31, "-20.00", "-5.00", "COMMITMENT", "-15.00"],
    ]);
    expect(both.at(-1)).toMatchObject({ data: { undoneFrom: null } });
  });

  it("is credited with what a later invoice charged more of it: nothing of its period stays billed", () => {
    // A rate of 10 % from July 1 on takes the commitment's 5.00 and gives 2.00.
    const rated = owned(held(), rateSet("10", "2020-07-01"));
    const dearer = closed(late, rated, august);
    const state = stateOf(receivablesEvolver, [...one.events, ...dearer.events]);
    const events = voidInvoice(command, state, factsOf(rated, dearer.books));
    expect(linesOf(events).map(shown)).toEqual([
      ["ADJUSTMENT", "2020-07-01", "2020-07-31", 31, "-20.00", "0.00", null, "-20.00"],
      ["ADJUSTMENT", "2020-07-01", "2020-07-31", 31, "0.00", "-2.00", "CUSTOMER_RATE", "2.00"],
    ]);
  });

  it.each<[string, Partial<typeof command> & { reason?: string | null }, boolean, string, string]>([
    ["unknown", { invoiceId: "invoice of 2021" }, true, "INVOICE_NOT_FOUND", "invoiceId"],
    ["not issued", {}, false, "INVOICE_NOT_FOUND", "invoiceId"],
  ])("is none that is %s", (_, changes, isIssued, code, field) => {
    given(...one.events)
      .when((before) => voidInvoice({ ...command, ...changes }, before, factsOf(plain, one.books, isIssued)))
      .thenRejected(code as "INVOICE_NOT_FOUND", field);
  });

  it("has a reason, and is void once", () => {
    given(...one.events)
      .when((before) => voidInvoice({ ...command, reason: null }, before, factsOf(plain, one.books)))
      .thenRejected("VALIDATION_FAILED", "reason");
    const events = voidInvoice(command, stateOf(receivablesEvolver, one.events), factsOf(plain, one.books));
    given(...one.events, ...events)
      .when((before) => voidInvoice(command, before, factsOf(plain, one.books)))
      .thenRejected("INVOICE_VOID", "invoiceId");
  });
});

describe("a reissue", () => {
  const again = (period: Interval) => ({
    invoiceId: invoiceOf(period),
    now: at("2020-09-03"),
  });

  it("bills the period from the history now, dated the day of its order", () => {
    const told = owned(held(), ...away);
    const voided = voidedBy(one, plain, july);
    const events = reissueInvoice(again(july), stateOf(receivablesEvolver, voided.events), factsOf(told, voided.books));
    expect(linesOf(events).map(shown)).toEqual([
      ["RECURRING", "2020-07-08", "2020-07-31", 24, "15.48", "3.87", "COMMITMENT", "11.61"],
    ]);
    expect(events.at(-1)).toMatchObject({
      type: "InvoiceSealed",
      data: {
        invoiceId: invoiceOf(july, 1),
        ...{ issuedOn: "2020-09-03", dueOn: "2020-09-17", effectiveOn: "2020-09-03", total: "11.61" },
        period: { from: "2020-07-01", until: "2020-07-31" },
        reissueOf: invoiceOf(july),
      },
    });
    // It can be void and issued again like any other; the first one cannot.
    const issued = stateOf(receivablesEvolver, [...voided.events, ...events]);
    const facts = factsOf(told, billedWith({ ...voided.books, voided: new Set() }, events, invoiceOf(july, 1), july));
    given(...voided.events, ...events)
      .when((before) => reissueInvoice(again(july), before, facts))
      .thenRejected("INVOICE_NOT_FOUND", "invoiceId");
    const second = { ...command, invoiceId: invoiceOf(july, 1), creditNoteId: "note-2" };
    expect(linesOf(voidInvoice(second, issued, facts)).map(shown)).toEqual([
      ["ADJUSTMENT", "2020-07-08", "2020-07-31", 24, "-15.48", "-3.87", "COMMITMENT", "-11.61"],
    ]);
    // Later events are corrected as if it had always been that invoice.
    const back = factsOf(plain, facts.billing).billing;
    const next = movedBy({ ...back, late: [] }, plain, "2020-07-01");
    expect(close({ ...next, closedTo: august.from }, plain, august).lines.map(shown)).toEqual([
      ["ADJUSTMENT", "2020-07-01", "2020-07-07", 7, "4.52", "1.13", "COMMITMENT", "3.39"],
      ["RECURRING", "2020-08-01", "2020-08-31", 31, "20.00", "5.00", "COMMITMENT", "15.00"],
    ]);
  });

  it("corrects again what the void invoice corrected, and brings a late fee back", () => {
    // In August it came out that there was a TV set from July on, and an absence.
    const withTv = {
      ...commitment({ effectiveOn: "2020-07-01", discountEnd: "2022-07-01", terms: terms({ oneTime: [tv()] }) }),
    };
    const told = owned(withTv, ...away);
    const late = moved(one.books, { eventId: "late", commitmentId: null, effectiveOn: "2020-07-01" });
    const voided = voidedBy(
      (({ books, events }) => ({ books, events: [...one.events, ...events] }))(closed(late, told, august)),
      told,
      august,
    );
    const next = moved(voided.books, { eventId: "voided", commitmentId: null, effectiveOn: "2020-07-01" });
    // Without a reissue only the adjustment comes back with the next close.
    expect(close(next, told, september).lines.map(({ kind }) => kind)).toEqual(["ADJUSTMENT", "RECURRING"]);
    const events = reissueInvoice(again(august), stateOf(receivablesEvolver, voided.events), factsOf(told, next));
    expect(linesOf(events).map(shown)).toEqual([
      shown(oneTimeLine("2020-07-01")),
      ["ADJUSTMENT", "2020-07-01", "2020-07-07", 7, "-4.52", "-1.13", "COMMITMENT", "-3.39"],
      ["RECURRING", "2020-08-01", "2020-08-31", 31, "20.00", "5.00", "COMMITMENT", "15.00"],
    ]);
    const reissued = billedWith({ ...next, voided: new Set() }, events, invoiceOf(august, 1), august);
    expect(close(reissued, told, september).lines.map(({ kind }) => kind)).toEqual(["RECURRING"]);
  });

  it("bills the penalty again, from the discounts that still count", () => {
    const left = owned(held({ termination: { on: "2020-08-31", early: true, penaltyWaived: false, eventId: "end" } }));
    const two = closed(one.books, left, august);
    const voided = voidedBy({ books: two.books, events: [...one.events, ...two.events] }, left, august);
    const events = reissueInvoice(
      again(august),
      stateOf(receivablesEvolver, voided.events),
      factsOf(left, voided.books),
    );
    expect(linesOf(events).map(shown)).toEqual([
      ["RECURRING", "2020-08-01", "2020-08-31", 31, "20.00", "5.00", "COMMITMENT", "15.00"],
      shown(penaltyLine("2020-08-31", "10.00")),
    ]);
  });

  it("of nothing closes the period without an invoice", () => {
    const nothing = owned(held(), suspended("2020-07-01"));
    const voided = voidedBy(one, plain, july);
    given(...voided.events)
      .when((state) => reissueInvoice(again(july), state, factsOf(nothing, voided.books)))
      .then([
        {
          type: "PeriodClosed",
          data: {
            customerId: "customer-1",
            period: { from: "2020-07-01", until: "2020-07-31" },
            basis: [],
            rules: 2,
            reissueOf: invoiceOf(july),
            effectiveOn: "2020-09-03",
          },
        },
      ]);
  });

  it("is of a void invoice only", () => {
    given(...one.events)
      .when((state) => reissueInvoice(again(july), state, factsOf(plain, one.books)))
      .thenRejected("INVOICE_NOT_FOUND", "invoiceId");
  });
});

describe("a fee of July that August's invoice billed late", () => {
  /** July as billed without the fee, August's invoice with 50.00 of it; then it is found out what the fee should be. */
  const costing = (fee: string) =>
    owned(
      commitment({
        ...{ effectiveOn: "2020-07-01", discountEnd: "2022-07-01" },
        terms: terms({ oneTime: fee === "0.00" ? [] : [tv({ fee, discount: "0.00" })] }),
      }),
    );
  const late = { eventId: "late", commitmentId: null, effectiveOn: "2020-07-01" };
  const billed = closed(moved(one.books, late), costing("50.00"), august);
  const feeLine = (kind: Line["kind"], fee: string) =>
    [kind, "2020-07-01", "2020-07-01", 1, fee, "0.00", null, fee] as const;
  const fullMonth = ["RECURRING", "2020-08-01", "2020-08-31", 31, "20.00", "5.00", "COMMITMENT", "15.00"] as const;
  const monthCredited = [
    ...["ADJUSTMENT", "2020-08-01", "2020-08-31", 31],
    ...["-20.00", "-5.00", "COMMITMENT", "-15.00"],
  ];

  it.each([
    ["30.00", [feeLine("ADJUSTMENT", "-20.00")], [feeLine("ADJUSTMENT", "-30.00")], [feeLine("ONE_TIME", "30.00")]],
    ["0.00", [feeLine("ADJUSTMENT", "-50.00")], [], []],
  ])("comes back with a reissue as what it should be, after it was corrected to %s", (fee, corrected, taken, back) => {
    const told = costing(fee);
    const three = closed(moved(billed.books, late), told, september);
    expect(linesOf(three.events).map(shown).slice(0, -1)).toEqual(corrected);
    const before = [...one.events, ...billed.events, ...three.events];
    const voided = voidedBy({ books: three.books, events: before }, told, august);
    expect(linesOf(voided.events.slice(before.length)).map(shown)).toEqual([...taken, monthCredited]);
    const command = { invoiceId: invoiceOf(august), now: at("2020-10-03") };
    const next = moved(voided.books, late);
    const events = reissueInvoice(command, stateOf(receivablesEvolver, voided.events), factsOf(told, next));
    expect(linesOf(events).map(shown)).toEqual([...back, fullMonth]);
    const reissued = billedWith({ ...next, voided: new Set() }, events, invoiceOf(august, 1), august);
    expect(close(reissued, told, month("2020-10")).lines.map(({ kind }) => kind)).toEqual(["RECURRING"]);
  });

  it("is left alone by a void of that invoice where July was void and is issued again with it", () => {
    const told = costing("50.00");
    const before = { books: billed.books, events: [...one.events, ...billed.events] };
    const voided = voidedBy(before, told, july);
    const command = { invoiceId: invoiceOf(july), now: at("2020-09-03") };
    const again = reissueInvoice(command, stateOf(receivablesEvolver, voided.events), factsOf(told, voided.books));
    expect(linesOf(again).map(({ kind, net }) => [kind, net])).toEqual([
      ["ONE_TIME", "50.00"],
      ["RECURRING", "15.00"],
    ]);
    const books = billedWith({ ...voided.books, voided: new Set() }, again, invoiceOf(july, 1), july);
    const both = [...voided.events, ...again];
    const second = voidedBy({ books, events: both }, told, august);
    expect(linesOf(second.events.slice(both.length)).map(shown)).toEqual([monthCredited]);
  });
});

describe("a credit note at once", () => {
  const ask = { creditNoteId: "note-1", correcting: "2020-07-20", reason: null, now: at("2020-08-10") };
  const told = owned(held(), ...away);
  const late = moved(one.books, { eventId: "late", commitmentId: null, effectiveOn: "2020-07-01" });

  it("has the corrections of the period, is dated today and leaves nothing for the next invoice", () => {
    const events = issueCreditNote(ask, stateOf(receivablesEvolver, one.events), factsOf(told, late));
    expect(linesOf(events).map(shown)).toEqual([
      ["ADJUSTMENT", "2020-07-01", "2020-07-07", 7, "-4.52", "-1.13", "COMMITMENT", "-3.39"],
    ]);
    expect(events.at(-1)).toMatchObject({
      type: "CreditNoteSealed",
      data: { purpose: "CORRECTION", invoiceId: invoiceOf(july), issuedOn: "2020-08-10", total: "-3.39" },
    });
    const after = billedWith(late, events, "note-1", july);
    expect(close(after, told, august).lines.map(({ kind }) => kind)).toEqual(["RECURRING"]);
  });

  it("is refused where the corrections are not below zero", () => {
    const rated = owned(held(), rateSet("10", "2020-07-01"));
    given(...one.events)
      .when((state) => issueCreditNote(ask, state, factsOf(rated, late)))
      .thenRejected("INVALID_AMOUNT", "correcting");
  });

  it.each(["2020-07-20", "2020-08-10", "2020-10-01"])(
    "is refused where nothing is to be corrected: %s",
    (correcting) => {
      given(...one.events)
        .when((state) => issueCreditNote({ ...ask, correcting }, state, factsOf(plain, late)))
        .thenRejected("NOTHING_TO_CORRECT", "correcting");
    },
  );
});

it("a period that sums below zero is closed with a credit note", () => {
  // From August 1 on nothing is charged, and July is credited for its first seven days.
  const gone = owned(held(), ...away, suspended("2020-08-01"));
  const late = moved(one.books, { eventId: "late", commitmentId: null, effectiveOn: "2020-07-01" });
  const { events } = closed(late, gone, august);
  expect(events.at(-1)).toMatchObject({
    type: "CreditNoteSealed",
    data: {
      purpose: "PERIOD",
      invoiceId: null,
      creditNoteId: invoiceOf(august),
      issuedOn: "2020-09-01",
      total: "-3.39",
    },
  });
});
