import { describe, expect, it } from "vitest";
import { compare } from "./compare.js";
import { type ExpectedLine } from "./model.js";
import {
  NOTHING_OBSERVED,
  type Observed,
  type ObservedCall,
  type ObservedInvoice,
  type ObservedLine,
} from "./observed.js";

const line = (own: Partial<ObservedLine> = {}): ObservedLine => ({
  commitment: "net",
  kind: "RECURRING",
  description: "Internet",
  from: "2020-08-01",
  until: "2020-08-31",
  days: 31,
  periodDays: 31,
  fee: "20.00",
  discount: "5.00",
  discountOrigin: "COMMITMENT",
  net: "15.00",
  ...own,
});

const invoice = (own: Partial<ObservedInvoice> = {}): ObservedInvoice => ({
  customer: "John Doe",
  issued: "2020-09-01",
  due: "2020-09-15",
  total: "15.00",
  state: "UNPAID",
  currency: "USD",
  number: "INV-000001",
  lines: [line()],
  ...own,
});

const observed = (own: Partial<Observed>): Observed => ({ ...NOTHING_OBSERVED, ...own });

describe("comparing", () => {
  it("checks nothing that the file leaves out", () => {
    expect(compare({}, observed({ invoices: [invoice()] }))).toEqual([]);
    const expected = { line: 1, customer: "John Doe", issued: "2020-09-01" };
    expect(compare({ invoices: [expected] }, observed({ invoices: [invoice()] }))).toEqual([]);
  });

  it("takes amounts as numbers", () => {
    const expected = { line: 1, customer: "John Doe", issued: "2020-09-01", total: "15.0" };
    const lines = [{ line: 2, fee: "20", discount: "5.000", net: "15" }];
    expect(compare({ invoices: [{ ...expected, lines }] }, observed({ invoices: [invoice()] }))).toEqual([]);
  });

  it("lists what is missing and what is too much", () => {
    const expected = { line: 7, customer: "John Doe", issued: "2020-10-01", total: "15.00" };
    expect(compare({ invoices: [expected] }, observed({ invoices: [invoice()] }))).toEqual([
      { line: 7, where: "invoice 2020-10-01 of John Doe", expected: "an invoice of 15.00", observed: "none" },
      { line: null, where: "invoice 2020-09-01 of John Doe", expected: "none", observed: "an invoice of 15.00" },
    ]);
    expect(compare({ invoices: [] }, observed({ invoices: [invoice()] }))).toHaveLength(1);
  });

  it("does not care for the order of customers within a day, nor of lines", () => {
    const jane = invoice({ customer: "Jane Roe", lines: [line(), line({ kind: "PENALTY", net: "1.00" })] });
    const expected = [
      { line: 1, customer: "John Doe", issued: "2020-09-01" },
      { line: 2, customer: "Jane Roe", issued: "2020-09-01", lines: [{ line: 3, net: "1.00" }, { line: 4 }] },
    ];
    expect(compare({ invoices: expected }, observed({ invoices: [jane, invoice()] }))).toEqual([]);
  });

  it("tells fields of an invoice and its lines apart", () => {
    const lines = [{ line: 4, kind: "RECURRING", periodDays: null, discountOrigin: null, net: "14.00" }] as const;
    const expected = {
      line: 3,
      customer: "John Doe",
      issued: "2020-09-01",
      state: "PAID",
      due: "2020-09-15",
      lines,
    } as const;
    const where = "invoice 2020-09-01 of John Doe";
    expect(compare({ invoices: [expected] }, observed({ invoices: [invoice()] }))).toEqual([
      { line: 3, where: `${where}: state`, expected: "PAID", observed: "UNPAID" },
      { line: 4, where: `${where}, RECURRING line: periodDays`, expected: "null", observed: "31" },
      { line: 4, where: `${where}, RECURRING line: discountOrigin`, expected: "null", observed: "COMMITMENT" },
      { line: 4, where: `${where}, RECURRING line: net`, expected: "14.00", observed: "15.00" },
    ]);
  });

  it("never takes a line of another kind or commitment for the expected one", () => {
    const lines = [
      { line: 4, kind: "PENALTY", net: "15.00" },
      { line: 5, commitment: "tv", net: "15.00" },
    ] as const;
    const expected = { line: 3, customer: "John Doe", issued: "2020-09-01", lines };
    const found = compare({ invoices: [expected] }, observed({ invoices: [invoice()] }));
    expect(found.map((difference) => [difference.line, difference.observed.slice(0, 14)])).toEqual([
      [4, "none"],
      [5, "none"],
      [null, "commitment net"],
    ]);
  });

  it("compares what lines of calls count, which belong to no commitment", () => {
    const usage = { calls: 2, seconds: 60, chargedSeconds: 60, late: false };
    const used = line({ commitment: null, kind: "USAGE", net: "0.08", ...usage });
    const found = observed({ invoices: [invoice({ lines: [line(), used] })] });
    const listed = (own: ExpectedLine) => [
      { line: 3, customer: "John Doe", issued: "2020-09-01", lines: [{ line: 4, kind: "RECURRING" as const }, own] },
    ];
    const calls = { line: 5, commitment: null, ...usage };
    expect(compare({ invoices: listed(calls) }, found)).toEqual([]);
    expect(compare({ invoices: listed({ ...calls, calls: 3, late: true }) }, found)).toEqual([
      { line: 5, where: "invoice 2020-09-01 of John Doe, USAGE line: calls", expected: "3", observed: "2" },
      { line: 5, where: "invoice 2020-09-01 of John Doe, USAGE line: late", expected: "true", observed: "false" },
    ]);
  });

  it("checks the commitments and customers that are listed, and no others", () => {
    const commitment = { commitment: "net", status: "ACTIVE", discountEndDate: "2022-08-01", discountsGiven: "5.00" };
    const result = observed({
      commitments: [commitment],
      customers: [{ customer: "John Doe", status: "ACTIVE", balanceDue: "15.00" }],
    });
    expect(compare({ commitments: [], customers: [] }, result)).toEqual([]);
    const expected = {
      commitments: [
        { line: 1, commitment: "net", discountEndDate: null, discountsGiven: "5" },
        { line: 2, commitment: "tv" },
      ],
      customers: [{ line: 3, customer: "John Doe", balanceDue: "0.00" }],
    };
    expect(compare(expected, result)).toEqual([
      { line: 1, where: "commitment net: discountEndDate", expected: "null", observed: "2022-08-01" },
      { line: 2, where: "commitment tv", expected: "a commitment", observed: "none" },
      { line: 3, where: "customer John Doe: balanceDue", expected: "0.00", observed: "15.00" },
    ]);
  });

  it("compares calls in their order, and instants whatever their zone", () => {
    const call = (own: Partial<ObservedCall>): ObservedCall => ({
      ...{ key: null, account: "1", leg: "IN", from: null, to: "1", answered: "2020-08-01T12:00:00.000Z" },
      ...{ day: "2020-08-01", tariff: "Calls", prefix: "", seconds: 4, chargedSeconds: 30, amount: "0.04000" },
      ...{ state: "RATED", reason: null, ...own },
    });
    const calls = [call({}), call({ answered: "2020-08-01T12:01:00.000Z", amount: "0.04600" })];
    const expected = [
      { line: 7, answered: "2020-08-01T14:00:00+02:00", amount: "0.04" },
      { line: 8, amount: "0.046", from: null },
    ];
    expect(compare({ calls: expected }, observed({ calls }))).toEqual([]);
    expect(compare({ calls: expected.toReversed() }, observed({ calls })).map(({ where }) => where)).toEqual([
      "call of 1 at 2020-08-01T12:00:00.000Z: amount",
      "call of 1 at 2020-08-01T12:01:00.000Z: answered",
      "call of 1 at 2020-08-01T12:01:00.000Z: amount",
    ]);
    expect(compare({ calls: expected.slice(1) }, observed({ calls }))).toMatchObject([
      { line: null, where: "calls", expected: "none" },
    ]);
  });

  it("compares calls of one instant in any order, as both legs of a call", () => {
    const call = (leg: "IN" | "OUT", amount: string, answered = "2020-08-01T12:00:00.000Z"): ObservedCall => ({
      ...{ key: null, account: "1", leg, from: null, to: "1206", answered, day: "2020-08-01", tariff: "T" },
      ...{ prefix: "1", seconds: 30, chargedSeconds: 30, amount, state: "RATED", reason: null },
    });
    const calls = [call("IN", "0.04000"), call("OUT", "0.03000"), call("IN", "0.01000", "2020-08-01T12:00:01.000Z")];
    const expected = ["0.03000", "0.04000", "0.01000"].map((amount, line) => ({ line, amount }));
    expect(compare({ calls: expected }, observed({ calls }))).toEqual([]);
    expect(compare({ calls: expected.with(0, { line: 0, amount: "0.02000" }) }, observed({ calls }))).toEqual([
      {
        ...{ line: 0, where: "call of 1 at 2020-08-01T12:00:00.000Z: amount" },
        ...{ expected: "0.02000", observed: "0.03000" },
      },
    ]);
  });
});
