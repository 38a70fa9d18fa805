import { describe, expect, it } from "vitest";
import { type LocalDate } from "../calendar.js";
import { type Commitment } from "../commitments/commitment.js";
import { type CustomerHistory } from "../commitments/history.js";
import { customer, customerCreated, rateSet, suspended } from "../spec-support/examples.js";
import { billing, commitment, history, internet, month, recurringLine, terms } from "../spec-support/history.js";
import { comingPeriods } from "./coming-periods.js";

const today = "2020-07-15";
const internetOf = (id: string, ended: LocalDate | null = null, discountEnd = "2020-11-01") =>
  commitment({ commitmentId: id, effectiveOn: "2020-07-01", discountEnd }, ended);
const held = internetOf("commitment-1");
const other = internetOf("commitment-2");

const paused = (of: Commitment, from: LocalDate, until: LocalDate | null): Commitment => ({
  ...of,
  pauses: [
    {
      ...{ pauseId: "pause-1", from, until, now: false, selfCare: false, resumed: false, cancelled: false },
      ...{ fromEventId: "paused", untilEventId: "paused" },
    },
  ],
});

/** As a command on commitments leaves it. */
const now = (known: CustomerHistory, ...commitments: readonly Commitment[]): CustomerHistory => ({
  ...known,
  commitments,
});

/** Rows as months with the totals before and after. */
const seen = (before: CustomerHistory, after: CustomerHistory) => {
  const { periods, laterToo } = comingPeriods(billing(before), after, null, today);
  const rows = periods.map(({ period, ...totals }) => [period.from, totals.before.total, totals.after.total]);
  return { rows, laterToo };
};

describe("the coming invoices that a command changes", () => {
  it("are those of a pause, and those that its shift of the discount end date reaches, with all their lines", () => {
    const before = history([held, other]);
    const after = now(before, other, paused(held, "2020-08-01", "2020-09-30"));
    expect(seen(before, after)).toEqual({
      rows: [
        ["2020-08-01", "30.00", "15.00"],
        ["2020-09-01", "30.00", "15.00"],
        ["2020-11-01", "40.00", "35.00"],
        ["2020-12-01", "40.00", "35.00"],
      ],
      laterToo: false,
    });
    const [august] = comingPeriods(billing(before), after, "2020-08-01", today).periods;
    const line = (id: string) =>
      recurringLine({ commitmentId: id, causes: [`${id}/assigned`], from: "2020-08-01", until: "2020-08-31" });
    expect(august).toEqual({
      period: month("2020-08"),
      before: { lines: [line("commitment-1"), line("commitment-2")], total: "30.00" },
      after: { lines: [line("commitment-2")], total: "15.00" },
    });
  });

  it("end with the first in which nothing more happens, where later ones change like it", () => {
    const rows = (after: string) => [
      ["2020-08-01", "15.00", after],
      ["2020-09-01", "15.00", after],
      ["2020-10-01", "15.00", after],
      ["2020-11-01", "20.00", after],
      ["2020-12-01", "20.00", after],
    ];
    // With its penalty on the running invoice.
    const known = history([held]);
    const ended = internetOf("commitment-1", "2020-07-31");
    expect(seen(known, now(known, ended))).toEqual({ rows: rows("0.00"), laterToo: true });
    expect(seen(known, now(known, paused(held, "2020-08-01", null)))).toEqual({ rows: rows("0.00"), laterToo: true });
  });

  it("have the penalty of a termination to come, beside that of another commitment", () => {
    const ending = internetOf("commitment-2", "2020-09-30");
    const before = history([held, ending]);
    const after = now(before, internetOf("commitment-1", "2020-09-30"), ending);
    const { periods } = comingPeriods(billing(before), after, "2020-09-30", today);
    expect(periods.map((row) => [row.period.from, row.before.total, row.after.total]).slice(0, 2)).toEqual([
      ["2020-09-01", "45.00", "60.00"],
      ["2020-10-01", "15.00", "0.00"],
    ]);
    expect(periods[0]?.after.lines.map(({ kind, net }) => [kind, net])).toEqual([
      ["RECURRING", "15.00"],
      ["RECURRING", "15.00"],
      ["PENALTY", "15.00"],
      ["PENALTY", "15.00"],
    ]);
  });

  it("are those of a new commitment, and 24 at most", () => {
    const lasting = commitment({ commitmentId: "commitment-3", effectiveOn: today, discountEnd: "2023-07-15" });
    const { rows, laterToo } = seen(history([]), now(history([]), lasting));
    expect([rows.length, rows[0], rows.at(-1), laterToo]).toEqual([
      24,
      ["2020-08-01", "0.00", "15.00"],
      ["2022-07-01", "0.00", "15.00"],
      true,
    ]);
    // A change that comes later is found all the same.
    const known = history([lasting]);
    const late = now(known, paused(lasting, "2023-01-01", "2023-01-31"));
    expect(seen(known, late).rows.map(([from]) => from)).toEqual(["2023-01-01", "2023-07-01", "2023-08-01"]);
  });

  it("are fewer of a customer with many commitments", () => {
    const many = Array.from({ length: 1_499 }, (_, at) => internetOf(`commitment-${at + 2}`));
    const known = history([held, ...many]);
    // Exactly as many as are computed, and one that would be more.
    const pause = seen(known, now(known, ...many, paused(held, "2020-08-01", "2020-09-30")));
    expect(pause).toEqual({
      rows: [
        ["2020-08-01", "22500.00", "22485.00"],
        ["2020-09-01", "22500.00", "22485.00"],
        ["2020-11-01", "30000.00", "29995.00"],
        ["2020-12-01", "30000.00", "29995.00"],
      ],
      laterToo: false,
    });
    const end = seen(known, now(known, ...many, internetOf("commitment-1", "2020-07-31")));
    expect([end.rows.map(([from]) => from), end.laterToo]).toEqual([
      ["2020-08-01", "2020-09-01", "2020-10-01", "2020-11-01"],
      true,
    ]);
    // Looked at from the day of the change on: nothing is otherwise before.
    const owner = customer(customerCreated(), rateSet("50", "2020-12-01"));
    const { periods, laterToo } = comingPeriods(billing(known), { ...known, customer: owner }, "2020-12-01", today);
    expect([periods.map((row) => [row.period.from, row.before.total, row.after.total]), laterToo]).toEqual([
      [
        ["2020-12-01", "30000.00", "15000.00"],
        ["2021-01-01", "30000.00", "15000.00"],
      ],
      true,
    ]);
  });

  it("are those of the customer's own changes, from their days on", () => {
    const owner = customer(customerCreated(), rateSet("50", "2020-09-01"), suspended("2020-10-11"));
    const known = history([held]);
    expect(seen(known, { ...known, customer: owner })).toEqual({
      rows: [
        ["2020-09-01", "15.00", "10.00"],
        ["2020-10-01", "15.00", "3.22"],
        ["2020-11-01", "20.00", "0.00"],
        ["2020-12-01", "20.00", "0.00"],
      ],
      laterToo: true,
    });
  });

  it("come in order of their ends where the calendar is cut otherwise from then on", () => {
    const fees = { MONTHLY: "20.00", QUARTERLY: "55.00" };
    const quarterly = customer(customerCreated(), {
      type: "CustomerBillingChanged",
      data: { billingPeriod: "QUARTERLY", timeZone: "UTC", inForceFrom: "2020-08-01", effectiveOn: today },
    });
    const both = commitment({
      effectiveOn: "2020-07-01",
      discountEnd: null,
      terms: terms({ recurring: [internet({ fees })] }),
    });
    const known = history([both]);
    const { rows, laterToo } = seen(known, { ...known, customer: quarterly });
    expect(rows.slice(0, 5)).toEqual([
      ["2020-08-01", "20.00", "0.00"],
      ["2020-09-01", "20.00", "0.00"],
      ["2020-08-01", "0.00", "36.47"],
      ["2020-10-01", "20.00", "0.00"],
      ["2020-11-01", "20.00", "0.00"],
    ]);
    expect(laterToo).toBe(true);
  });

  it("are none where nothing changes", () => {
    const known = history([held, other]);
    expect(seen(known, known)).toEqual({ rows: [], laterToo: false });
    // Its service ends before.
    const ended = internetOf("commitment-1", "2020-07-31");
    const gone = history([ended]);
    expect(seen(gone, now(gone, paused(ended, "2020-09-01", null)))).toEqual({ rows: [], laterToo: false });
  });
});
