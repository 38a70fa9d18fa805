import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { voidLines } from "../invoicing/void.js";
import { reissuedLines } from "../invoicing/reissue.js";
import { classDefined, customer, customerClass, customerCreated, rateSet } from "../spec-support/examples.js";
import { billing, commitment, history, month, terms } from "../spec-support/history.js";
import { type UsageGroup } from "../voice/usage.js";
import { corrections } from "./corrections.js";
import { billedLines, type CustomerBilling } from "./ledger.js";
import { type Line } from "./line.js";
import { linesThrough, periodLines } from "./period.js";
import { recordingOf, netSteps } from "./recorded-billing.js";
import { type CustomerUsage } from "./usage-lines.js";

const JULY = month("2020-07");
const AUGUST = month("2020-08");

const group = (changes: Partial<UsageGroup> = {}): UsageGroup => ({
  leg: "IN",
  tariffId: "tariff-1",
  prefix: "1",
  late: false,
  rowId: "row-1",
  tariff: "Toll-free",
  from: "2020-07-02",
  until: "2020-07-30",
  calls: 2,
  seconds: 60,
  chargedSeconds: 60,
  amount: "0.08000",
  currency: "USD",
  ...changes,
});

const usage = (...groups: readonly UsageGroup[]): CustomerUsage => ({
  firstOn: "2020-07-02",
  periods: [{ from: JULY.from, accounts: [{ accountId: "account-1", groups, causes: ["summed-up"] }] }],
});

const line = (changes: Partial<Line> = {}): Line => ({
  kind: "USAGE",
  commitmentId: null,
  accountId: "account-1",
  rowId: "row-1",
  description: "Calls received: Toll-free, 1",
  from: "2020-07-02",
  until: "2020-07-30",
  days: 29,
  periodDays: null,
  fee: "0.08",
  discount: "0.00",
  discountOrigin: null,
  net: "0.08",
  usage: { calls: 2, seconds: 60, chargedSeconds: 60, late: false },
  currency: "USD",
  taxes: [],
  causes: ["summed-up"],
  ...changes,
});

/** A customer without a commitment. */
const used = (changes: Partial<CustomerBilling> = {}): CustomerBilling =>
  billing(history([], { owner: customer(customerCreated()) }), { usage: usage(group()), ...changes });

describe("the lines of calls", () => {
  it("are behind the charges and before the penalties, and on the close of their period only", () => {
    const held = history([commitment({ effectiveOn: "2020-07-01" }, "2020-07-20")]);
    const both = billing(held, { usage: usage(group()) });
    const lines = periodLines(both, JULY);
    const without = periodLines(billing(held), JULY);
    expect(lines).toEqual([
      ...without.filter(({ kind }) => kind !== "PENALTY"),
      line(),
      ...without.filter(({ kind }) => kind === "PENALTY"),
    ]);
    expect(periodLines(both, AUGUST)).toEqual(periodLines(billing(held), AUGUST));
  });

  it("do not heed the customer's rate, and change nothing that penalties go by", () => {
    const owner = customer(customerCreated(), rateSet("10", "2020-07-01"));
    for (const penalty of ["SUM_OF_DISCOUNTS", "LESSER_OF_DISCOUNTS_AND_REMAINING_FEES", "REMAINING_FEES"] as const) {
      const held = history([commitment({ terms: terms({ penalty }) }, "2020-07-20")], { owner });
      const lines = periodLines(billing(held, { usage: usage(group()) }), JULY);
      expect(lines.filter(({ kind }) => kind === "USAGE")).toEqual([line()]);
      expect(lines.filter(({ kind }) => kind !== "USAGE")).toEqual(periodLines(billing(held), JULY));
    }
  });

  it("need no commitment, and are foreseen through a period", () => {
    const late = group({ late: true, from: "2020-06-30", until: "2020-06-30", calls: 1, amount: "0.04000" });
    const known = used({ usage: usage(group(), late) });
    const lines = [
      line(),
      line({
        ...{ from: "2020-06-30", until: "2020-06-30", days: 1, fee: "0.04", net: "0.04" },
        usage: { calls: 1, seconds: 60, chargedSeconds: 60, late: true },
      }),
    ];
    expect(periodLines(known, JULY)).toEqual(lines);
    expect(linesThrough(known, AUGUST)).toEqual(lines);
  });

  it("say how they come about: the exact sum of the calls, rounded", () => {
    const record = recordingOf({ sealed: new Map() }, []);
    if (!record) throw new Error("nothing was given");
    const lines = periodLines(used({ usage: usage(group({ amount: "0.08400" })) }), JULY, record);
    const [net] = netSteps(lines, record);
    expect(net).toMatchObject({
      what: "NET",
      value: "0.08",
      of: [
        {
          ...{ what: "ROUNDED", value: "0.08", rounding: "HALF_UP" },
          of: [{ what: "USAGE", value: "0.08400", events: ["summed-up"] }],
        },
        { what: "DISCOUNT", value: "0.00" },
      ],
    });
  });
});

describe("a billed call that costs something else", () => {
  const billed = billedLines("invoice-1", [line()], JULY);
  const corrected = (amount: string): CustomerBilling =>
    used({
      closedTo: AUGUST.from,
      movedFrom: JULY.from,
      late: [{ eventId: "corrected", commitmentId: null, accountId: "account-1", effectiveOn: JULY.from }],
      billed,
      usage: usage(group({ amount })),
    });

  it("is corrected by an adjustment that is linked to its line", () => {
    const adjustment = line({
      kind: "ADJUSTMENT",
      fee: "-0.04",
      net: "-0.04",
      corrects: {
        kind: "USAGE",
        period: { from: "2020-07-01", until: "2020-07-31" },
        lines: [{ invoiceId: "invoice-1", line: 1 }],
      },
      causes: ["corrected"],
    });
    const { usage: _, ...expected } = adjustment;
    expect(corrections(corrected("0.04000"))).toEqual([expected]);
    expect(corrections(corrected("0.08000"))).toEqual([]);
  });

  it("is rounded otherwise where another class is dated back, which is what it is adjusted for", () => {
    const up = customerClass(classDefined({ rounding: "UP" }));
    const owner = customer(customerCreated({ customerClassId: up.customerClassId }));
    const late = [{ eventId: "another-class", commitmentId: null, effectiveOn: JULY.from }];
    const known = (amount: string): CustomerBilling => ({
      ...corrected(amount),
      history: history([], { owner, classes: [up] }),
      late,
    });
    const [adjustment, ...others] = corrections(known("0.08400"));
    expect([adjustment, others]).toMatchObject([{ kind: "ADJUSTMENT", net: "0.01", causes: ["another-class"] }, []]);
    expect(corrections(known("0.08000"))).toEqual([]);
  });

  it("is never credited with more than its line", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8_000 }), (units) => {
        const amount = (units / 100_000).toFixed(5);
        const [adjustment] = corrections(corrected(amount));
        expect(Number(adjustment?.net ?? 0)).toBeGreaterThanOrEqual(-0.08);
      }),
    );
  });
});

describe("a void invoice with calls", () => {
  const own = billedLines("invoice-1", [line()], JULY);
  const lateInAugust = billedLines(
    "invoice-2",
    [line({ usage: { calls: 2, seconds: 60, chargedSeconds: 60, late: true } })],
    AUGUST,
  );
  const periodOf = (day: string) => (day < AUGUST.from ? JULY : AUGUST);

  it("is credited with them, and not with late ones that another invoice billed", () => {
    expect(
      voidLines([...own, ...lateInAugust], "invoice-1", JULY, new Set(), periodOf).map(({ kind, net, corrects }) => ({
        ...{ kind, net, corrects },
      })),
    ).toEqual([
      {
        kind: "ADJUSTMENT",
        net: "-0.08",
        corrects: {
          kind: "USAGE",
          period: { from: "2020-07-01", until: "2020-07-31" },
          lines: [{ invoiceId: "invoice-1", line: 1 }],
          voids: true,
        },
      },
    ]);
  });

  it("bills the same calls when it is issued again", () => {
    const credit = voidLines(own, "invoice-1", JULY, new Set(), periodOf);
    const known = used({
      closedTo: AUGUST.from,
      voided: new Set([JULY.from]),
      billed: [...own, ...billedLines("credit-1", credit, JULY)],
    });
    expect(reissuedLines(known, { invoiceId: "invoice-1", creditNoteId: "credit-1" }, JULY)).toEqual([line()]);
  });
});
