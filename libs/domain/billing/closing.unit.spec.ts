import { describe, expect, it } from "vitest";
import {
  account,
  accountClosed,
  accountOpened,
  customer,
  customerClosed,
  customerCreated,
} from "../spec-support/examples.js";
import {
  billing,
  commitment,
  endedByTermination,
  history,
  month,
  oneTimeLine,
  penaltyLine,
  recurringLine,
  terms,
  tv,
} from "../spec-support/history.js";
import { charges } from "./charges.js";
import { endOf } from "../commitments/history.js";
import { penalties } from "./penalty.js";
import { periodLines } from "./period.js";

const closing = (on: { account?: string; customer?: string }) => ({
  accounts: [account(accountOpened(), ...(on.account === undefined ? [] : [accountClosed(on.account)]))],
  owner: customer(customerCreated(), ...(on.customer === undefined ? [] : [customerClosed(on.customer)])),
});
const fresh = { effectiveOn: "2020-07-01", discountEnd: "2022-07-01" };

describe.each([
  ["account", closing({ account: "2020-07-10" })],
  ["customer", closing({ customer: "2020-07-10" })],
])("when the %s closes", (_, closed) => {
  const causes = ["commitment-1/assigned", "event-2"];
  const tenDays = recurringLine({ until: "2020-07-10", days: 10, fee: "6.45", discount: "1.61", net: "4.84", causes });

  it("its day is the last charged one, and the penalty's, though no termination is recorded yet", () => {
    expect(periodLines(billing(history([commitment(fresh)], closed)), month("2020-07"))).toEqual([
      tenDays,
      penaltyLine("2020-07-10", "1.61", { causes }),
    ]);
    expect(charges(history([commitment(fresh)], closed), month("2020-08"))).toEqual([]);
  });

  it("the termination recorded afterwards changes nothing, causes included", () => {
    expect(periodLines(billing(history([commitment(fresh, "2020-07-10")], closed)), month("2020-07"))).toEqual(
      periodLines(billing(history([commitment(fresh)], closed)), month("2020-07")),
    );
  });

  it("the earlier of termination and closing counts", () => {
    expect(charges(history([commitment(fresh, "2020-07-11")], closed), month("2020-07"))).toEqual([tenDays]);
    expect(charges(history([commitment(fresh, "2020-07-09")], closed), month("2020-07"))).toEqual([
      recurringLine({
        until: "2020-07-09",
        days: 9,
        fee: "5.81",
        discount: "1.45",
        net: "4.36",
        ...endedByTermination,
      }),
    ]);
  });

  it("a commitment that was to start the day after has no lines and no penalty: races are settled by date", () => {
    const late = { ...fresh, effectiveOn: "2020-07-11", terms: terms({ oneTime: [tv()] }) };
    for (const terminated of [null, "2020-07-11"]) {
      const lines = periodLines(billing(history([commitment(late, terminated)], closed)), month("2020-07"));
      expect(lines).toEqual([]);
    }
    expect(charges(history([commitment({ ...late, effectiveOn: "2020-07-10" })], closed), month("2020-07"))).toEqual([
      oneTimeLine("2020-07-10"),
      recurringLine({
        from: "2020-07-10",
        until: "2020-07-10",
        days: 1,
        fee: "0.65",
        discount: "0.16",
        net: "0.49",
        causes,
      }),
    ]);
  });
});

describe("where a commitment ends", () => {
  it("is the earliest of its termination and both closings", () => {
    const held = commitment({}, "2020-07-12");
    expect(endOf(held, history([], closing({})))?.on).toBe("2020-07-12");
    expect(endOf(held, history([], closing({ account: "2020-07-11", customer: "2020-07-13" })))?.on).toBe("2020-07-11");
    expect(endOf(held, history([], closing({ account: "2020-07-11", customer: "2020-07-10" })))?.on).toBe("2020-07-10");
    expect(endOf(commitment(), history([], closing({})))).toBeNull();
  });

  it("does not depend on other accounts", () => {
    const other = account(accountOpened({ accountId: "account-2" }), accountClosed("2020-07-01"));
    expect(endOf(commitment(), history([], { accounts: [account(), other] }))).toBeNull();
    expect(endOf(commitment(), history([], { accounts: [] }))).toBeNull();
  });
});

it("a commitment that closed before its start owes no penalty, whatever a ledger says", () => {
  const late = commitment({ ...fresh, effectiveOn: "2020-07-11" });
  const ledger = new Map([["commitment-1", new Map([["recurring-1", "5.00"]])]]);
  expect(penalties(history([late], closing({ account: "2020-07-10" })), month("2020-07"), ledger)).toEqual([]);
  expect(penalties(history([late], closing({ account: "2020-07-11" })), month("2020-07"), ledger)).toHaveLength(1);
});
