import { describe, expect, it } from "vitest";
import { commitment, history, month, oneTimeLine, penaltyLine, recurringLine } from "../spec-support/history.js";
import {
  type BilledLine,
  EMPTY_LEDGER,
  type Ledger,
  ledgerBefore,
  ledgerOf,
  openPeriods,
  withLines,
} from "./ledger.js";

const entries = (ledger: Ledger) => Object.fromEntries([...ledger].map(([id, rows]) => [id, Object.fromEntries(rows)]));

describe("the discount ledger", () => {
  it("adds what lines gave, by commitment and row", () => {
    const ledger = withLines(EMPTY_LEDGER, [
      oneTimeLine("2020-07-01"),
      recurringLine(),
      recurringLine({ discount: "0.12" }),
      recurringLine({ commitmentId: "commitment-2", discount: "1.00" }),
    ]);
    expect(entries(ledger)).toEqual({
      "commitment-1": { "one-time-1": "399.99", "recurring-1": "5.12" },
      "commitment-2": { "recurring-1": "1.00" },
    });
  });

  it("is the sum of the lines billed, in any order", () => {
    const billed = (period: string, changes: Partial<BilledLine>): BilledLine => {
      const { net: _net, taxes: _taxes, causes: _causes, ...line } = recurringLine();
      return { ...line, invoiceId: `invoice of ${period}`, position: 1, belongsTo: month(period).from, ...changes };
    };
    const lines = [
      billed("2020-07", {}),
      billed("2020-08", { discount: "0.12" }),
      billed("2020-08", { rowId: "recurring-2", discount: "3.00", discountOrigin: "CUSTOMER_RATE" }),
      billed("2020-08", { commitmentId: "commitment-2", discount: "1.00" }),
    ];
    const ledger = { "commitment-1": { "recurring-1": "5.12" }, "commitment-2": { "recurring-1": "1.00" } };
    expect(entries(ledgerOf(lines))).toEqual(ledger);
    expect(entries(ledgerOf(lines.toReversed()))).toEqual(ledger);
    expect(ledgerOf([])).toEqual(EMPTY_LEDGER);
  });

  it("takes no penalty, and no discount whose origin is not the commitment", () => {
    const lines = [penaltyLine("2020-07-31", "100.00"), recurringLine({ discountOrigin: null, discount: "9.00" })];
    expect(withLines(EMPTY_LEDGER, lines)).toBe(EMPTY_LEDGER);
  });

  it("is not changed by adding to it", () => {
    const before = withLines(EMPTY_LEDGER, [recurringLine()]);
    withLines(before, [recurringLine()]);
    expect(entries(before)).toEqual({ "commitment-1": { "recurring-1": "5.00" } });
  });

  it("before a period counts whole periods since the last close, not the period itself", () => {
    const held = history([commitment()]);
    const given = (closedTo: string | null) => entries(ledgerBefore(held, month("2019-05"), EMPTY_LEDGER, closedTo));
    expect(given(null)).toEqual({ "commitment-1": { "recurring-1": "10.00" } });
    expect(given("2019-04-01")).toEqual({ "commitment-1": { "recurring-1": "5.00" } });
    expect(given("2019-05-01")).toEqual({});
    expect(given("2019-06-01")).toEqual({});
  });
});

describe("open periods", () => {
  const held = history([commitment({ effectiveOn: "2020-03-10" }), commitment({ effectiveOn: "2020-02-29" })]);

  it("go from the earliest start to the day asked about", () => {
    expect(openPeriods(held, null, "2020-04-01")).toEqual([month("2020-02"), month("2020-03")]);
    expect(openPeriods(held, null, "2020-04-02")).toHaveLength(3);
    expect(openPeriods(held, null, "2020-02-29")).toEqual([]);
  });

  it("go from the last close, where there was one", () => {
    expect(openPeriods(held, "2020-03-01", "2020-04-01")).toEqual([month("2020-03")]);
    expect(openPeriods(held, "2020-04-01", "2020-04-01")).toEqual([]);
  });

  it("are none where nothing is held", () => {
    expect(openPeriods(history([]), null, "2020-04-01")).toEqual([]);
  });
});
