import { describe, expect, it } from "vitest";
import { type Comparable, comparedBy, feesGone } from "./compared-by.js";

const router: Comparable = {
  kind: "ONE_TIME",
  commitmentId: "commitment-1",
  accountId: "account-1",
  rowId: "one-time-1",
  from: "2020-07-10",
};

const adjusted = (corrected: Comparable, voids?: true): Comparable => ({
  ...corrected,
  kind: "ADJUSTMENT",
  corrects: {
    ...{ kind: corrected.kind, period: { from: "2020-07-01", until: "2020-07-31" }, lines: [] },
    ...(voids && { voids }),
  },
});

describe("the one-time fees that went with void invoices", () => {
  it("are those whose last line says so", () => {
    expect(feesGone([router])).toEqual(new Set());
    expect(feesGone([router, adjusted(router, true)])).toEqual(new Set([comparedBy(router)]));
    expect(feesGone([router, adjusted(router, true), router])).toEqual(new Set());
    expect(feesGone([router, adjusted(router, true), router, adjusted(router, true)])).toEqual(
      new Set([comparedBy(router)]),
    );
  });

  it("are not those that a correction took back, nor penalties, nor recurring fees", () => {
    const penalty: Comparable = { ...router, kind: "PENALTY" };
    const fee: Comparable = { ...router, kind: "RECURRING", rowId: "recurring-1" };
    expect(feesGone([router, adjusted(router), adjusted(penalty, true), adjusted(fee, true)])).toEqual(new Set());
  });
});
