import { describe, expect, it } from "vitest";
import { type ClassTerms } from "../catalog/events.js";
import { type Line } from "../billing/line.js";
import { customer, customerCreated } from "../spec-support/examples.js";
import { month, oneTimeLine, penaltyLine, recurringLine } from "../spec-support/history.js";
import { basisPagesOf, pagesOf, periodClosed, seal, stateOf, stateOn } from "./invoice.js";
import { addedUp, totalsOf } from "./totals.js";

const hash = (value: unknown) => `hash of ${(value as Line[]).map(({ rowId }) => rowId).join()}`;
const lines = (count: number) => Array.from({ length: count }, (_, index) => recurringLine({ rowId: `${index + 1}` }));
const july = month("2020-07");
const entries = [{ stream: "commitment-1", revision: "0" }];
const basis = { entries, pages: [], recomputedFrom: null };

describe("the pages of an invoice", () => {
  it("hold at most 500 lines, in order, dated the day after the period", () => {
    const pages = pagesOf("invoice-1", lines(1001), july, hash);
    expect(pages.map(({ data }) => [data.page, data.lines.length])).toEqual([
      [1, 500],
      [2, 500],
      [3, 1],
    ]);
    expect(pages.flatMap(({ data }) => data.lines)).toEqual(lines(1001));
    expect(pages[2]).toEqual({
      type: "InvoicePageRecorded",
      data: {
        invoiceId: "invoice-1",
        page: 3,
        lines: [recurringLine({ rowId: "1001" })],
        contentHash: "hash of 1001",
        effectiveOn: "2020-08-01",
      },
    });
  });

  it.each([
    [0, 0],
    [1, 1],
    [500, 1],
    [501, 2],
  ])("for %d lines are %d", (count, pages) => {
    expect(pagesOf("invoice-1", lines(count), july, hash)).toHaveLength(pages);
  });

  it("are more where lines are long, so that each fits one append of the store", () => {
    const long = lines(500).map((line) => ({ ...line, causes: Array.from({ length: 100 }, () => "x".repeat(36)) }));
    const pages = pagesOf("invoice-1", long, july, hash);
    expect(pages.flatMap(({ data }) => data.lines)).toEqual(long);
    expect(pages.map(({ data }) => data.page)).toEqual([1, 2, 3, 4, 5]);
    for (const { data } of pages) expect(JSON.stringify(data).length).toBeLessThan(550_000);
  });
});

describe("the basis of a close", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ stream: `commitment-${index}`, revision: "0" }));
  const entriesHash = (value: unknown) => `hash of ${(value as object[]).length}`;

  it("has pages where the seal does not hold it", () => {
    expect(basisPagesOf("invoice-1", many(2000), july, entriesHash)).toEqual([]);
    const pages = basisPagesOf("invoice-1", many(4001), july, entriesHash);
    expect(pages.map(({ data }) => [data.page, data.contentHash])).toEqual([
      [1, "hash of 2000"],
      [2, "hash of 2000"],
      [3, "hash of 1"],
    ]);
    expect(pages.flatMap(({ data }) => data.entries)).toEqual(many(4001));
  });

  it("is named by the seal instead of its entries, with the day from which periods were computed again", () => {
    const pages = [{ page: 1, eventId: "event-1", contentHash: "hash of 1" }];
    expect(
      periodClosed(customer(), month("2020-02"), { entries, pages, recomputedFrom: "2019-12-01" }).data,
    ).toStrictEqual({
      customerId: "customer-1",
      period: { from: "2020-02-01", until: "2020-02-29" },
      basis: [],
      basisPages: pages,
      recomputedFrom: "2019-12-01",
      rules: 2,
      effectiveOn: "2020-03-01",
    });
  });
});

describe("the seal", () => {
  const pages = [{ page: 1, eventId: "event-1", contentHash: "hash-1" }];
  const personal = { name: "John Doe", companyDomain: "example.com", email: "john@example.com", phone: null };
  const input = {
    invoiceId: "invoice-1",
    customer: customer(customerCreated({ personal })),
    period: july,
    issuedOn: "2020-08-01",
    totals: totalsOf(
      [
        oneTimeLine("2020-07-01"),
        recurringLine(),
        recurringLine({ rowId: "recurring-2", net: "7.50" }),
        penaltyLine("2020-07-31", "100.00"),
      ],
      "USD",
    ),
    pages,
    contentHash: "hash-of-hashes",
    basis,
    terms: { name: "Residential", graceDays: 14, rounding: "HALF_EVEN" as const },
  };

  it("totals the lines by kind, is issued the day after the period and due the grace days later", () => {
    expect(seal(input)).toStrictEqual({
      type: "InvoiceSealed",
      data: {
        invoiceId: "invoice-1",
        customerId: "customer-1",
        period: { from: "2020-07-01", until: "2020-07-31" },
        currency: "USD",
        issuedOn: "2020-08-01",
        dueOn: "2020-08-15",
        graceDays: 14,
        rounding: "HALF_EVEN",
        lineCount: 4,
        totalsByKind: { ONE_TIME: "0.01", PENALTY: "100.00", RECURRING: "22.50" },
        total: "122.51",
        pages,
        contentHash: "hash-of-hashes",
        basis: entries,
        rules: 2,
        effectiveOn: "2020-08-01",
        personal: { recipient: personal },
      },
    });
  });

  it("says the class's language, and to whom with which tax id it is written", () => {
    const address = { street: "Via 1", addition: null, postalCode: null, city: "Roma", region: null, country: "IT" };
    const addressed = { ...personal, address, taxId: "IT1" };
    const italian = { ...input, terms: { ...input.terms, language: "IT" as const } };
    const { data } = seal({ ...italian, customer: customer(customerCreated({ personal: addressed })) });
    expect([data.language, data.personal.recipient]).toEqual(["IT", addressed]);
  });

  it("says how its dates are written, where the class does not leave it to the language", () => {
    const written = (dateFormat: NonNullable<ClassTerms["dateFormat"]>) =>
      seal({ ...input, terms: { ...input.terms, dateFormat } }).data.datePattern;
    expect(written({ name: "EUROPEAN" })).toBe("dd.MM.yyyy");
    expect(written({ name: "OWN", date: "d/M/yy", time: "HH:mm" })).toBe("d/M/yy");
    expect(written({ name: "LANGUAGE" })).toBeUndefined();
  });

  it("is due on the day of issue without grace, and over a month's end with much", () => {
    expect(seal({ ...input, terms: { ...input.terms, graceDays: 0 } }).data).toMatchObject({ dueOn: "2020-08-01" });
    expect(seal({ ...input, terms: { ...input.terms, graceDays: 31 } }).data).toMatchObject({ dueOn: "2020-09-01" });
  });

  it("is that of a credit note, which is never due, where the lines add up to less than zero", () => {
    const lines = [recurringLine({ kind: "ADJUSTMENT", fee: "-20.00", discount: "-5.00", net: "-15.00" })];
    const { dueOn: _, ...without } = { dueOn: null, ...seal({ ...input, totals: totalsOf(lines, "USD") }).data };
    expect(without).toStrictEqual({
      creditNoteId: "invoice-1",
      purpose: "PERIOD",
      invoiceId: null,
      customerId: "customer-1",
      period: { from: "2020-07-01", until: "2020-07-31" },
      currency: "USD",
      issuedOn: "2020-08-01",
      rounding: "HALF_EVEN",
      lineCount: 1,
      totalsByKind: { ADJUSTMENT: "-15.00" },
      total: "-15.00",
      pages,
      contentHash: "hash-of-hashes",
      basis: entries,
      rules: 2,
      effectiveOn: "2020-08-01",
      personal: { recipient: personal },
    });
  });

  it("names no kind that has no line, and keeps the currency's decimals", () => {
    const yen = recurringLine({ currency: "JPY", fee: "1500", discount: "0", net: "1500" });
    const sealed = seal({
      ...input,
      customer: customer(customerCreated({ currency: "JPY", creditLimit: "0" })),
      totals: totalsOf([yen], "JPY"),
    });
    expect(sealed.data.totalsByKind).toEqual({ RECURRING: "1500" });
    expect(sealed.data.total).toBe("1500");
  });

  it("has the totals of its pages added up", () => {
    const many = [...lines(3), oneTimeLine("2020-07-01"), penaltyLine("2020-07-31", "100.00")];
    const parts = [many.slice(0, 2), many.slice(2, 4), many.slice(4)].map((page) => totalsOf(page, "USD"));
    expect(addedUp(parts, "USD")).toStrictEqual(totalsOf(many, "USD"));
    expect(addedUp([], "JPY")).toStrictEqual({ lineCount: 0, totalsByKind: {}, total: "0" });
  });
});

it("a period without lines closes the day after it", () => {
  expect(periodClosed(customer(), month("2020-02"), basis)).toStrictEqual({
    type: "PeriodClosed",
    data: {
      customerId: "customer-1",
      period: { from: "2020-02-01", until: "2020-02-29" },
      basis: entries,
      rules: 2,
      effectiveOn: "2020-03-01",
    },
  });
});

it("an invoice of nothing is paid, as is one of which nothing is left to pay", () => {
  expect(stateOf("0.00", "0.00", "0.00")).toBe("PAID");
  expect(stateOf("15.00", "0.00", "0.00")).toBe("PAID");
  expect(stateOf("15.00", "0.01", "0.00")).toBe("PARTIALLY_PAID");
  expect(stateOf("15.00", "15.00", "0.00")).toBe("UNPAID");
});

it("an invoice is written off until all of it was paid or is open again", () => {
  expect(stateOf("15.00", "0.00", "15.00")).toBe("WRITTEN_OFF");
  expect(stateOf("15.00", "0.00", "6.00")).toBe("WRITTEN_OFF");
  expect(stateOf("15.00", "5.00", "10.00")).toBe("UNPAID");
  expect(stateOf("15.00", "5.00", "6.00")).toBe("PARTIALLY_PAID");
});

it("an invoice is overdue from the day after its due date on, with something left to pay", () => {
  const invoice = { dueOn: "2020-06-15", open: "15.00", state: "UNPAID" } as const;
  expect(stateOn(invoice, "2020-06-15")).toBe("UNPAID");
  expect(stateOn(invoice, "2020-06-16")).toBe("OVERDUE");
  expect(stateOn({ ...invoice, open: "5.00", state: "PARTIALLY_PAID" }, "2020-06-16")).toBe("OVERDUE");
  expect(stateOn({ ...invoice, open: "0.00", state: "PAID" }, "2020-06-16")).toBe("PAID");
  expect(stateOn({ ...invoice, open: "0.00", state: "VOID" }, "2020-06-16")).toBe("VOID");
});
