import { describe, expect, it } from "vitest";
import { account, accountOpened } from "../spec-support/examples.js";
import {
  commitment,
  endedByTermination,
  history,
  internet,
  month,
  oneTimeLine,
  recurringLine,
  terms,
  tv,
} from "../spec-support/history.js";
import { charges } from "./charges.js";

const held = (...args: Parameters<typeof commitment>) => history([commitment(...args)]);
const of = (row: Parameters<typeof internet>[0], currency = "USD") => terms({ currency, recurring: [internet(row)] });

describe("a whole month", () => {
  it("of 20.00 with 5.00 off is 15.00 (E1)", () => {
    expect(charges(held(), month("2020-07"))).toEqual([
      {
        kind: "RECURRING",
        commitmentId: "commitment-1",
        accountId: "account-1",
        rowId: "recurring-1",
        description: "Turbo 1 GB",
        from: "2020-07-01",
        until: "2020-07-31",
        days: 31,
        periodDays: 31,
        unitFee: "20.00",
        unitDiscount: "5.00",
        fee: "20.00",
        discount: "5.00",
        discountOrigin: "COMMITMENT",
        net: "15.00",
        currency: "USD",
        taxes: [],
        causes: ["commitment-1/assigned"],
      },
    ]);
  });

  it("takes the fee of the customer's period type, the discount whatever the type (E10)", () => {
    const both = of({ fees: { SEMI_MONTHLY: "10.00", MONTHLY: "20.00" } });
    expect(charges(held({ terms: both }), month("2020-07"))).toEqual([recurringLine()]);
  });

  it("before the start, and after the termination, has no line", () => {
    expect(charges(held({}, "2020-10-31"), month("2019-02"))).toEqual([]);
    expect(charges(held({}, "2020-10-31"), month("2020-11"))).toEqual([]);
    expect(charges(held({}, "2020-10-31"), month("2020-10"))).toHaveLength(1);
  });

  it("after the discount end is charged in full, with no origin", () => {
    expect(charges(held(), month("2021-03"))).toEqual([
      recurringLine({ from: "2021-03-01", until: "2021-03-31", discount: "0.00", discountOrigin: null, net: "20.00" }),
    ]);
  });

  it("without a fee for it has no line", () => {
    expect(charges(held({ terms: of({ fees: { WEEKLY: "5.00" } }) }), month("2020-07"))).toEqual([]);
  });

  it("of a fee discounted away has a line of zero, of no fee at all none", () => {
    expect(charges(held({ terms: of({ discount: "20.00" }) }), month("2020-07"))).toEqual([
      recurringLine({ discount: "20.00", net: "0.00" }),
    ]);
    expect(charges(held({ terms: of({ fees: { MONTHLY: "0.00" }, discount: "0.00" }) }), month("2020-07"))).toEqual([]);
  });
});

const unit = (unitFee: string, unitDiscount: string) => ({ unitFee, unitDiscount });

describe("a part of a month", () => {
  it("is its days of the natural days: signed up on the 17th, 15/31 of 16.00 = 7.74 (E11)", () => {
    const terms = of({ fees: { MONTHLY: "16.00" }, discount: "0.00" });
    expect(charges(held({ terms, effectiveOn: "2020-07-17" }), month("2020-07"))).toEqual([
      recurringLine({
        from: "2020-07-17",
        days: 15,
        unitFee: "16.00",
        fee: "7.74",
        discount: "0.00",
        discountOrigin: null,
        net: "7.74",
      }),
    ]);
  });

  it("counts 29 days in a leap February, 28 in another", () => {
    expect(charges(held({ effectiveOn: "2020-02-15" }), month("2020-02"))).toEqual([
      recurringLine({
        from: "2020-02-15",
        until: "2020-02-29",
        days: 15,
        periodDays: 29,
        fee: "10.34",
        discount: "2.59",
        net: "7.75",
      }),
    ]);
    expect(charges(held({ effectiveOn: "2021-02-15" }), month("2021-02"))).toEqual([
      recurringLine({
        from: "2021-02-15",
        until: "2021-02-28",
        days: 14,
        periodDays: 28,
        fee: "10.00",
        discount: "2.50",
        net: "7.50",
      }),
    ]);
  });

  it("can be its last day", () => {
    expect(charges(held({ effectiveOn: "2020-07-31" }), month("2020-07"))).toEqual([
      recurringLine({ from: "2020-07-31", days: 1, fee: "0.65", discount: "0.16", net: "0.49" }),
    ]);
  });

  it("can be its first day, the day of the termination", () => {
    expect(charges(held({}, "2020-07-01"), month("2020-07"))).toEqual([
      recurringLine({
        until: "2020-07-01",
        days: 1,
        fee: "0.65",
        discount: "0.16",
        net: "0.49",
        ...endedByTermination,
      }),
    ]);
  });

  it("can lie between sign-up and termination", () => {
    expect(charges(held({ effectiveOn: "2020-07-10" }, "2020-07-20"), month("2020-07"))).toEqual([
      recurringLine({
        from: "2020-07-10",
        until: "2020-07-20",
        days: 11,
        fee: "7.10",
        discount: "1.77",
        net: "5.33",
        ...endedByTermination,
      }),
    ]);
  });

  it("that rounds to nothing has no line", () => {
    const terms = of({ fees: { MONTHLY: "0.10" }, discount: "0.10" });
    expect(charges(held({ terms, effectiveOn: "2020-07-31" }), month("2020-07"))).toEqual([]);
    expect(charges(held({ terms, effectiveOn: "2020-07-30" }), month("2020-07"))).toEqual([
      recurringLine({
        from: "2020-07-30",
        days: 2,
        ...unit("0.10", "0.10"),
        fee: "0.01",
        discount: "0.01",
        net: "0.00",
      }),
    ]);
  });

  it("whose discount rounds to nothing keeps the origin: one is agreed", () => {
    const terms = of({ discount: "0.10" });
    expect(charges(held({ terms, effectiveOn: "2020-07-31" }), month("2020-07"))).toEqual([
      recurringLine({ from: "2020-07-31", days: 1, unitDiscount: "0.10", fee: "0.65", discount: "0.00", net: "0.65" }),
    ]);
  });
});

describe("other currencies", () => {
  it("yen are whole", () => {
    const terms = of({ fees: { MONTHLY: "2000" }, discount: "500" }, "JPY");
    expect(charges(held({ terms, effectiveOn: "2020-07-17" }), month("2020-07"))).toEqual([
      recurringLine({
        from: "2020-07-17",
        days: 15,
        ...unit("2000", "500"),
        fee: "968",
        discount: "242",
        net: "726",
        currency: "JPY",
      }),
    ]);
  });

  it("dinars of Kuwait have three decimals", () => {
    const terms = of({ fees: { MONTHLY: "10.000" }, discount: "2.500" }, "KWD");
    expect(charges(held({ terms, effectiveOn: "2020-07-17" }), month("2020-07"))).toEqual([
      recurringLine({
        from: "2020-07-17",
        days: 15,
        ...unit("10.000", "2.500"),
        fee: "4.839",
        discount: "1.210",
        net: "3.629",
        currency: "KWD",
      }),
    ]);
  });
});

describe("one-time fees", () => {
  const signedUp = { effectiveOn: "2020-07-17", terms: terms({ oneTime: [tv()] }) };

  it("are charged whole on the start day, before the recurring ones (E3)", () => {
    expect(charges(held(signedUp), month("2020-07"))).toEqual([
      oneTimeLine("2020-07-17"),
      recurringLine({ from: "2020-07-17", days: 15, fee: "9.68", discount: "2.42", net: "7.26" }),
    ]);
    expect(charges(held(signedUp), month("2020-08"))).toEqual([
      recurringLine({ from: "2020-08-01", until: "2020-08-31" }),
    ]);
    expect(charges(held(signedUp), month("2020-06"))).toEqual([]);
  });

  it.each(["2020-07-01", "2020-07-31"])("belong to the month of a start on its edge, %s", (effectiveOn) => {
    const lines = (text: string) => charges(held({ ...signedUp, effectiveOn }), month(text)).map(({ kind }) => kind);
    expect(lines("2020-07")).toEqual(["ONE_TIME", "RECURRING"]);
    expect(lines("2020-06")).toEqual([]);
    expect(lines("2020-08")).toEqual(["RECURRING"]);
  });

  it("have no origin without discount, and a line even when free", () => {
    const free = terms({ recurring: [], oneTime: [tv({ fee: "0.00", discount: "0.00" })] });
    expect(charges(held({ terms: free, effectiveOn: "2020-07-17" }), month("2020-07"))).toEqual([
      oneTimeLine("2020-07-17", { fee: "0.00", discount: "0.00", discountOrigin: null, net: "0.00" }),
    ]);
  });

  it("are charged though the commitment ends on its first day", () => {
    expect(charges(held(signedUp, "2020-07-17"), month("2020-07"))).toEqual([
      oneTimeLine("2020-07-17"),
      recurringLine({
        from: "2020-07-17",
        until: "2020-07-17",
        days: 1,
        fee: "0.65",
        discount: "0.16",
        net: "0.49",
        ...endedByTermination,
      }),
    ]);
  });
});

it("several commitments are never merged; lines go by start, then id, then row", () => {
  const rows = terms({ recurring: [internet(), internet({ rowId: "recurring-2", description: "Stick" })] });
  const first = commitment({ commitmentId: "b", effectiveOn: "2019-01-01" });
  const second = commitment({ commitmentId: "a", effectiveOn: "2019-02-01", accountId: "account-2" });
  const third = commitment({ commitmentId: "c", effectiveOn: "2019-02-01", terms: rows });
  const accounts = [account(), account(accountOpened({ accountId: "account-2" }))];
  expect(charges(history([third, second, first], { accounts }), month("2020-07"))).toEqual([
    recurringLine({ commitmentId: "b", causes: ["b/assigned"] }),
    recurringLine({ commitmentId: "a", accountId: "account-2", causes: ["a/assigned"] }),
    recurringLine({ commitmentId: "c", causes: ["c/assigned"] }),
    recurringLine({ commitmentId: "c", rowId: "recurring-2", description: "Stick", causes: ["c/assigned"] }),
  ]);
});
