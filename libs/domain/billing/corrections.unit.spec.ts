import { describe, expect, it } from "vitest";
import { type LocalDate } from "../calendar.js";
import { type Commitment, type Pause } from "../commitments/commitment.js";
import { type CustomerHistory } from "../commitments/history.js";
import { type CustomerEvent } from "../customers/events.js";
import { type Books, close, closeAll, moved } from "../spec-support/books.js";
import {
  account,
  accountOpened,
  customer,
  customerCreated,
  rateSet,
  suspended,
  unsuspended,
} from "../spec-support/examples.js";
import {
  commitment,
  history,
  internet,
  month,
  oneTimeLine,
  penaltyLine,
  recurringLine,
  terms,
  tv,
} from "../spec-support/history.js";
import { corrections, correctionsOf } from "./corrections.js";
import { type Correction, type Line } from "./line.js";

/** E1's from July 2020 on, so that July's invoice is its first; its discount lasts. */
const july2020 = { effectiveOn: "2020-07-01", discountEnd: "2022-07-01" };
const held = (changes: Partial<Commitment> = {}): Commitment => ({ ...commitment(july2020), ...changes });
const ended = (on: LocalDate, penaltyWaived = false): Commitment =>
  held({ termination: { on, early: true, penaltyWaived, eventId: "terminated" } });
const paused = (from: LocalDate, until: LocalDate, changes: Partial<Pause> = {}): Commitment =>
  held({
    pauses: [
      {
        pauseId: "pause-1",
        from,
        until,
        now: false,
        selfCare: false,
        resumed: false,
        cancelled: false,
        fromEventId: "paused",
        untilEventId: "paused",
        ...changes,
      },
    ],
  });
const owned = (one: Commitment, ...events: CustomerEvent[]): CustomerHistory =>
  history([one], { owner: customer(customerCreated(), ...events) });

/** July and August were closed as E1's: 15.00 each. */
const billed = (one: Commitment = held()): Books => closeAll(owned(one), [month("2020-07"), month("2020-08")]);
const late = (effectiveOn: LocalDate, eventId = "late", commitmentId: string | null = "commitment-1") => ({
  eventId,
  commitmentId,
  effectiveOn,
});

const august = { from: "2020-08-01", until: "2020-08-31" };
const alike = (from: LocalDate, until: LocalDate) => ({
  from,
  until,
  unitDiscount: "5.00",
  discountOrigin: "COMMITMENT" as const,
});
const ofAugust = { invoiceId: "invoice of 2020-08-01", line: 1 };
const corrects = (changes: Partial<Correction> = {}): Correction => ({
  kind: "RECURRING",
  period: august,
  lines: [ofAugust],
  ...changes,
});
const adjustment = (changes: Partial<Line>): Line => {
  const { unitFee: _fee, unitDiscount: _discount, ...line } = recurringLine({ ...august, kind: "ADJUSTMENT" });
  return { ...line, causes: ["late"], ...changes };
};
const amounts = ({ kind, from, fee, discount, net }: Line) => [kind, from, fee, discount, net];

describe("the corrections of a closed period", () => {
  it("take what a pause dated back takes: 7 of 31 days", () => {
    const books = moved(billed(), late("2020-08-03"));
    expect(corrections({ ...books, history: owned(paused("2020-08-03", "2020-08-09")) })).toEqual([
      adjustment({
        from: "2020-08-03",
        until: "2020-08-09",
        days: 7,
        fee: "-4.52",
        discount: "-1.13",
        net: "-3.39",
        corrects: corrects({ charged: [alike("2020-08-01", "2020-08-02"), alike("2020-08-10", "2020-08-31")] }),
      }),
    ]);
  });

  it("are the opposite when it is corrected back, and name the line of the first correction too", () => {
    const first = close(
      moved(billed(), late("2020-08-03")),
      owned(paused("2020-08-03", "2020-08-09")),
      month("2020-09"),
    );
    const books = moved(first.books, late("2020-08-03", "cancelled"));
    expect(corrections({ ...books, history: owned(paused("2020-08-03", "2020-08-09", { cancelled: true })) })).toEqual([
      adjustment({
        from: "2020-08-03",
        until: "2020-08-09",
        days: 7,
        fee: "4.52",
        discount: "1.13",
        net: "3.39",
        corrects: corrects({
          lines: [ofAugust, { invoiceId: "invoice of 2020-09-01", line: 1 }],
          charged: [alike("2020-08-01", "2020-08-31")],
        }),
        causes: ["cancelled"],
      }),
    ]);
  });

  it("compare with the correction before: of 7 days paused 2 are charged again", () => {
    const first = close(
      moved(billed(), late("2020-08-03")),
      owned(paused("2020-08-03", "2020-08-09")),
      month("2020-09"),
    );
    const books = moved(first.books, late("2020-08-03", "changed"));
    // 26 of 31 days: 16.77 and 4.19, less what 24 days gave, 15.48 and 3.87.
    expect(corrections({ ...books, history: owned(paused("2020-08-05", "2020-08-09")) })).toMatchObject([
      { from: "2020-08-03", until: "2020-08-04", days: 2, fee: "1.29", discount: "0.32", net: "0.97" },
    ]);
  });

  it("give a rate dated back, and take the commitment's discount: by origin, on lines of their own", () => {
    const books = moved(billed(), late("2020-08-01", "late", null));
    const rated = {
      ...corrects(),
      charged: [{ ...august, unitDiscount: "2.00", discountOrigin: "CUSTOMER_RATE" as const }],
    };
    expect(corrections({ ...books, history: owned(held(), rateSet("10", "2020-08-01")) })).toEqual([
      adjustment({ fee: "0.00", discount: "-5.00", net: "5.00", corrects: rated }),
      adjustment({
        fee: "0.00",
        discount: "2.00",
        discountOrigin: "CUSTOMER_RATE",
        net: "-2.00",
        corrects: rated,
      }),
    ]);
  });

  it("have no origin where no discount differs", () => {
    const plain = { terms: terms({ recurring: [internet({ discount: "0.00" })] }) };
    const without = { ...commitment({ ...july2020, ...plain }), pauses: paused("2020-08-03", "2020-08-09").pauses };
    const books = moved(
      closeAll(owned(commitment({ ...july2020, ...plain })), [month("2020-07"), month("2020-08")]),
      late("2020-08-03"),
    );
    expect(corrections({ ...books, history: owned(without) })).toMatchObject([
      { fee: "-4.52", discount: "0.00", discountOrigin: null, net: "-4.52" },
    ]);
  });

  it("count days that differ, not those between", () => {
    const books = moved(billed(), late("2020-08-02", "late", null));
    const away = [
      suspended("2020-08-02"),
      unsuspended("2020-08-05"),
      suspended("2020-08-20"),
      unsuspended("2020-08-21"),
    ];
    // 27 of 31 days are left: 17.42 and 4.35.
    expect(corrections({ ...books, history: owned(held(), ...away) })).toMatchObject([
      { from: "2020-08-02", until: "2020-08-20", days: 4, fee: "-2.58", discount: "-0.65", net: "-1.93" },
    ]);
  });

  it("cover every charged day where amounts differ and no day does", () => {
    const books = billed();
    const mistaken = books.billed.map((line) => (line.from === "2020-08-01" ? { ...line, fee: "20.01" } : line));
    expect(
      corrections({ ...moved({ ...books, billed: mistaken }, late("2020-08-20")), history: owned(held()) }),
    ).toMatchObject([{ ...august, days: 31, fee: "-0.01", discount: "0.00", discountOrigin: null, net: "-0.01" }]);
  });

  it("are of every closed period from the first that moved on, and of none before", () => {
    const books = moved(billed(), late("2020-08-20", "late", null));
    const away = owned(held(), suspended("2020-07-30"));
    expect(corrections({ ...books, history: away }).map(amounts)).toEqual([
      ["ADJUSTMENT", "2020-08-01", "-20.00", "-5.00", "-15.00"],
    ]);
    expect(corrections({ ...moved(books, late("2020-07-30")), history: away }).map(amounts)).toEqual([
      ["ADJUSTMENT", "2020-07-30", "-1.29", "-0.32", "-0.97"],
      ["ADJUSTMENT", "2020-08-01", "-20.00", "-5.00", "-15.00"],
    ]);
  });

  it("are none where nothing moved, and none where what moved changes nothing", () => {
    expect(corrections({ ...billed(), history: owned(paused("2020-08-03", "2020-08-09")) })).toEqual([]);
    expect(corrections({ ...moved(billed(), late("2020-07-01")), history: owned(held()) })).toEqual([]);
  });

  it("leave a void period as it is", () => {
    const books = { ...moved(billed(), late("2020-07-30")), voided: new Set(["2020-07-01"]) };
    expect(corrections({ ...books, history: owned(held(), suspended("2020-07-30")) }).map(amounts)).toEqual([
      ["ADJUSTMENT", "2020-08-01", "-20.00", "-5.00", "-15.00"],
    ]);
  });

  it("name the late events of the customer, of the account and of the commitment that take effect by its end", () => {
    const events = [
      late("2020-08-03", "a", null),
      late("2020-08-31", "b"),
      late("2020-08-02", "c", "commitment-2"),
      late("2020-09-01", "d"),
      { ...late("2020-08-05", "e", null), accountId: "account-2" },
      { ...late("2020-08-05", "f", null), accountId: "account-1" },
      late("2020-08-01", "g", null),
    ];
    const books = moved(billed(), ...events);
    const [line] = corrections({ ...books, history: owned(paused("2020-08-03", "2020-08-09")) });
    expect(line?.causes).toEqual(["a", "b", "f", "g"]);
  });

  it("are by account", () => {
    const accounts = [account(), account(accountOpened({ accountId: "account-2" }))];
    const [holder] = held().holders;
    const elsewhere = history([held({ holders: [{ ...holder, accountId: "account-2" }] })], { accounts });
    expect(
      corrections({ ...moved(billed(), late("2020-08-01")), history: elsewhere }).map((line) => [
        line.accountId,
        line.net,
        line.corrects?.lines,
      ]),
    ).toEqual([
      ["account-2", "15.00", []],
      ["account-1", "-15.00", [ofAugust]],
    ]);
  });

  it("of one period are those that belong to it", () => {
    const books = { ...moved(billed(), late("2020-07-30")), history: owned(ended("2020-07-30")) };
    expect(correctionsOf(books, ({ from }) => from === "2020-07-01").map(amounts)).toEqual([
      ["ADJUSTMENT", "2020-07-31", "-0.65", "-0.16", "-0.49"],
      ["PENALTY", "2020-07-30", "4.84", "0.00", "4.84"],
    ]);
    expect(correctionsOf(books, ({ from }) => from === "2020-08-01").map(amounts)).toEqual([
      ["ADJUSTMENT", "2020-08-01", "-20.00", "-5.00", "-15.00"],
    ]);
  });

  it("with a proration flag off are of the charged days", () => {
    const whole = {
      ...july2020,
      effectiveOn: "2020-07-17",
      terms: terms({ recurring: [internet({ prorateFirst: false })] }),
    };
    const books = moved(closeAll(owned(commitment(whole)), [month("2020-07")]), late("2020-07-17"));
    const cancelled = {
      ...commitment(whole),
      termination: { on: "2020-07-16", early: false, penaltyWaived: false, eventId: "gone" },
    };
    expect(corrections({ ...books, history: owned(cancelled) })).toMatchObject([
      { from: "2020-07-01", until: "2020-07-31", days: 31, fee: "-20.00", discount: "-5.00" },
    ]);
  });
});

describe("penalties of closed periods", () => {
  const terminatedBack = (books: Books = billed()) =>
    close(moved(books, late("2020-08-15")), owned(ended("2020-08-15")), month("2020-09"));

  it("not billed before keep their kind and their day, and count the discounts as corrected", () => {
    // 15 of 31 days of August: 9.68 and 2.42. July's 5.00 and 2.42 are claimed back.
    expect(terminatedBack().lines).toEqual([
      adjustment({
        from: "2020-08-16",
        days: 16,
        fee: "-10.32",
        discount: "-2.58",
        net: "-7.74",
        corrects: corrects({ charged: [alike("2020-08-01", "2020-08-15")] }),
      }),
      penaltyLine("2020-08-15", "7.42", { causes: ["commitment-1/assigned", "terminated"] }),
    ]);
  });

  it("changed afterwards are adjusted on their own day, with neither discount nor origin", () => {
    const { books } = terminatedBack();
    const away = owned(ended("2020-08-15"), suspended("2020-08-01"), unsuspended("2020-08-06"));
    // 10 of 31 days: 6.45 and 1.61, less 9.68 and 2.42.
    expect(corrections({ ...moved(books, late("2020-08-01", "away", null)), history: away })).toMatchObject([
      {
        kind: "ADJUSTMENT",
        from: "2020-08-01",
        until: "2020-08-05",
        days: 5,
        fee: "-3.23",
        discount: "-0.81",
        net: "-2.42",
      },
      {
        kind: "ADJUSTMENT",
        from: "2020-08-15",
        until: "2020-08-15",
        days: 1,
        periodDays: null,
        description: "Early termination: Turbo 1 GB",
        fee: "-0.81",
        discount: "0.00",
        discountOrigin: null,
        net: "-0.81",
        corrects: { kind: "PENALTY", period: august, lines: [{ invoiceId: "invoice of 2020-09-01", line: 2 }] },
        causes: ["away"],
      },
    ]);
  });

  it("withdrawn are credited whole, and billed again are adjusted back", () => {
    const { books } = terminatedBack();
    const withdrawn = close(moved(books, late("2020-08-15", "kept on")), owned(held()), month("2020-10"));
    expect(withdrawn.lines.map(amounts)).toEqual([
      ["ADJUSTMENT", "2020-08-16", "10.32", "2.58", "7.74"],
      ["ADJUSTMENT", "2020-08-15", "-7.42", "0.00", "-7.42"],
      ["ADJUSTMENT", "2020-09-01", "20.00", "5.00", "15.00"],
      ["RECURRING", "2020-10-01", "20.00", "5.00", "15.00"],
    ]);
    const again = corrections({ ...moved(withdrawn.books, late("2020-08-15")), history: owned(ended("2020-08-15")) });
    expect(again.map(amounts)).toEqual([
      ["ADJUSTMENT", "2020-08-16", "-10.32", "-2.58", "-7.74"],
      ["ADJUSTMENT", "2020-08-15", "7.42", "0.00", "7.42"],
      ["ADJUSTMENT", "2020-09-01", "-20.00", "-5.00", "-15.00"],
      ["ADJUSTMENT", "2020-10-01", "-20.00", "-5.00", "-15.00"],
    ]);
  });

  it("on another day are withdrawn on the first, and billed on the second", () => {
    const { books } = terminatedBack();
    expect(
      corrections({ ...moved(books, late("2020-08-10")), history: owned(ended("2020-08-10")) }).map(amounts),
    ).toEqual([
      ["ADJUSTMENT", "2020-08-11", "-3.23", "-0.81", "-2.42"],
      ["PENALTY", "2020-08-10", "6.61", "0.00", "6.61"],
      ["ADJUSTMENT", "2020-08-15", "-7.42", "0.00", "-7.42"],
    ]);
  });

  it("waived are shown with their credit, and a credit that changes is adjusted for itself", () => {
    const waived = ended("2020-08-15", true);
    const first = close(moved(billed(), late("2020-08-15")), owned(waived), month("2020-09"));
    expect(first.lines.slice(1).map(amounts)).toEqual([
      ["PENALTY", "2020-08-15", "7.42", "0.00", "7.42"],
      ["PENALTY_WAIVED", "2020-08-15", "-7.42", "0.00", "-7.42"],
    ]);
    const away = owned(waived, suspended("2020-08-01"), unsuspended("2020-08-06"));
    const changed = corrections({ ...moved(first.books, late("2020-08-01", "away", null)), history: away });
    expect(changed.slice(1).map((line) => [line.corrects?.kind, line.net])).toEqual([
      ["PENALTY", "-0.81"],
      ["PENALTY_WAIVED", "0.81"],
    ]);
  });

  it("of the period that closes count the discounts as corrected", () => {
    const books = moved(billed(), late("2020-08-03"));
    const left = { ...paused("2020-08-03", "2020-08-09"), termination: ended("2020-09-30").termination };
    // 5.00 of July, 3.87 of August as corrected, 5.00 of September.
    expect(close(books, owned(left), month("2020-09")).lines.map(amounts)).toEqual([
      ["ADJUSTMENT", "2020-08-03", "-4.52", "-1.13", "-3.39"],
      ["RECURRING", "2020-09-01", "20.00", "5.00", "15.00"],
      ["PENALTY", "2020-09-30", "13.87", "0.00", "13.87"],
    ]);
  });
});

describe("one-time fees of closed periods", () => {
  const withTv = { terms: terms({ oneTime: [tv()] }) };

  it("not billed before keep their kind and their day", () => {
    const later = commitment({ ...july2020, ...withTv, commitmentId: "commitment-2", effectiveOn: "2020-08-20" });
    const books = moved(billed(), late("2020-08-20", "late", "commitment-2"));
    // 12 of 31 days: 7.74 and 1.94.
    expect(corrections({ ...books, history: history([held(), later]) })).toEqual([
      oneTimeLine("2020-08-20", { commitmentId: "commitment-2", causes: ["commitment-2/assigned"] }),
      adjustment({
        commitmentId: "commitment-2",
        from: "2020-08-20",
        days: 12,
        fee: "7.74",
        discount: "1.94",
        net: "5.80",
        corrects: corrects({ lines: [], charged: [alike("2020-08-20", "2020-08-31")] }),
      }),
    ]);
  });

  it("withdrawn are credited on their own day, with their discount", () => {
    const signedUp = { ...july2020, ...withTv, effectiveOn: "2020-08-20" };
    const books = moved(closeAll(owned(commitment(signedUp)), [month("2020-08")]), late("2020-08-20"));
    const gone = commitment(signedUp, "2020-08-19");
    expect(corrections({ ...books, history: owned(gone) })).toMatchObject([
      {
        kind: "ADJUSTMENT",
        description: "TV set",
        from: "2020-08-20",
        until: "2020-08-20",
        days: 1,
        periodDays: null,
        fee: "-400.00",
        discount: "-399.99",
        discountOrigin: "COMMITMENT",
        net: "-0.01",
        corrects: { kind: "ONE_TIME", period: august, lines: [ofAugust] },
      },
      { fee: "-7.74", discount: "-1.94", net: "-5.80", corrects: { kind: "RECURRING", lines: [{ line: 2 }] } },
    ]);
  });
});

describe("a customer that held nothing then", () => {
  it("gets its periods with the first close: one-time fees on their day, an adjustment per row and period", () => {
    const signedUp = commitment({ ...july2020, terms: terms({ oneTime: [tv()] }), effectiveOn: "2020-07-17" });
    const books: Books = { ...moved(closeAll(history([]), []), late("2020-07-17")), closedTo: "2020-09-01" };
    const { lines } = close(books, owned(signedUp), month("2020-09"));
    expect(lines).toEqual([
      oneTimeLine("2020-07-17"),
      adjustment({
        from: "2020-07-17",
        until: "2020-07-31",
        days: 15,
        fee: "9.68",
        discount: "2.42",
        net: "7.26",
        corrects: corrects({
          period: { from: "2020-07-01", until: "2020-07-31" },
          lines: [],
          charged: [alike("2020-07-17", "2020-07-31")],
        }),
      }),
      adjustment({ corrects: corrects({ lines: [], charged: [alike("2020-08-01", "2020-08-31")] }) }),
      recurringLine({ from: "2020-09-01", until: "2020-09-30", days: 30, periodDays: 30 }),
    ]);
  });
});
