import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { penaltyStrategies } from "../catalog/events.js";
import { addDays, earlier, type Interval, type LocalDate } from "../calendar.js";
import { type Commitment } from "../commitments/commitment.js";
import { type CustomerHistory } from "../commitments/history.js";
import { billingPeriodOf, type Customer } from "../customers/customer.js";
import { big, sum } from "../money.js";
import { daysOf } from "../spec-support/arbitraries.js";
import { account, accountOpened, customer, customerCreated, suspended, unsuspended } from "../spec-support/examples.js";
import { history } from "../spec-support/history.js";
import { type Books, close } from "../spec-support/books.js";
import { evolved, lived, lives, START } from "../spec-support/life.js";
import { expectSteps } from "../spec-support/steps.js";
import { charges } from "./charges.js";
import { NOTHING_BILLED } from "./ledger.js";
import { type Line } from "./line.js";
import { periodLines } from "./period.js";
import { Recording } from "./recording.js";

const END = addDays(START, 420);
const day = fc.nat({ max: 400 }).map((count) => addDays(START, count));
/** Days of transfers, in order. */
const days = fc.array(day, { minLength: 1, maxLength: 4 }).map((all) => all.sort());
const lifeOf = lives.map((acts) => lived(acts).last);
const accounts = ["account-1", "account-2"].map((accountId) => account(accountOpened({ accountId })));
const theirs = account(accountOpened({ accountId: "account-9", customerId: "customer-2" }));

interface To {
  readonly accountId: string;
  readonly customerId: string;
}
const HOME: To = { accountId: "account-1", customerId: "customer-1" };

/** Transferred on these days, to the other place and back in turns. */
const transferred = (commitment: Commitment, on: readonly LocalDate[], other: To, transferFee = "0.00"): Commitment =>
  on.reduce((held, effectiveOn, index) => {
    const [from, to] = index % 2 === 0 ? [HOME, other] : [other, HOME];
    const [fromAccountId, fromCustomerId] = [from.accountId, from.customerId];
    const data = { ...to, fromAccountId, fromCustomerId, transferFee, termsName: "Turbo 24", effectiveOn };
    return evolved(held, { type: "CommitmentTransferred", data }, `transfer-${index + 1}`);
  }, commitment);

const periodsOf = (owner: Customer): Interval[] => {
  const periods: Interval[] = [];
  for (let next: LocalDate = START; next < END; next = billingPeriodOf(owner, next).to) {
    periods.push(billingPeriodOf(owner, next));
  }
  return periods;
};
const recurring = (view: CustomerHistory): Line[] =>
  periodsOf(view.customer).flatMap((period) => charges(view, period).filter(({ kind }) => kind === "RECURRING"));
const chargedDays = (lines: readonly Line[]): string[] =>
  lines
    .flatMap(({ rowId, from, until }) => daysOf({ from, to: addDays(until, 1) }).map((each) => `${rowId} ${each}`))
    .sort();
const total = (lines: readonly Line[], amount: "fee" | "discount"): string =>
  sum(lines.map((line) => big(line[amount]))).toFixed();

/** Suspended for a time, or not. */
const suspensions = fc.option(fc.tuple(day, fc.nat({ max: 60 })));
const owner = (customerId: string, blocked: readonly [LocalDate, number] | null, anniversaryDay?: number) =>
  customer(
    customerCreated({
      customerId,
      ...(anniversaryDay !== undefined && { billingPeriod: "MONTHLY_ANNIVERSARY", anniversaryDay }),
    }),
    ...(blocked === null ? [] : [suspended(blocked[0]), unsuspended(addDays(blocked[0], blocked[1]))]),
  );

describe("transfers", () => {
  it("within a customer change neither days nor sums of a month", () => {
    fc.assert(
      fc.property(lifeOf, days, suspensions, (life, on, blocked) => {
        const view = (commitment: Commitment) =>
          history([commitment], { owner: owner("customer-1", blocked), accounts });
        const moved = transferred(life, on, { ...HOME, accountId: "account-2" });
        for (const period of periodsOf(view(life).customer)) {
          const [before, after] = [charges(view(life), period), charges(view(moved), period)];
          expect(chargedDays(after)).toEqual(chargedDays(before));
          expect(total(after, "fee")).toBe(total(before, "fee"));
          expect(total(after, "discount")).toBe(total(before, "discount"));
        }
      }),
    );
  });

  it("between customers leave each day to exactly one, and each customer is charged its own days alone", () => {
    fc.assert(
      fc.property(lifeOf, days, fc.integer({ min: 1, max: 31 }), (life, on, anniversaryDay) => {
        const [a, b] = [owner("customer-1", null), owner("customer-2", null, anniversaryDay)];
        const moved = transferred(life, on, { accountId: theirs.accountId, customerId: "customer-2" });
        const all = [...accounts, theirs];
        const views = [
          history([moved], { owner: a, accounts: all, others: [b] }),
          history([moved], { owner: b, accounts: all, others: [a] }),
        ];
        const alone = history([life], { owner: a, accounts });
        const lines = views.map(recurring);
        const until = (each: string) => each.slice(-10) < END;
        expect(chargedDays(lines.flat()).filter(until)).toEqual(chargedDays(recurring(alone)).filter(until));
        for (const [index, own] of lines.entries()) {
          const place = index === 0 ? "account-1" : "account-9";
          expect(own.every(({ accountId }) => accountId === place)).toBe(true);
        }
      }),
    );
  });

  it("are taken down step by step: fees, charges of every holder, and a penalty for what all were given", () => {
    const strategies = fc.constantFrom(...penaltyStrategies);
    const fees = fc.constantFrom("0.00", "9.50");
    fc.assert(
      fc.property(lifeOf, days, fees, strategies, fc.nat({ max: 60 }), (life, on, fee, penalty, wait) => {
        const lastDay = addDays(on.at(-1) ?? START, wait);
        const [a, b] = [owner("customer-1", null), owner("customer-2", null, 10)];
        const [first, ...later] = life.versions.map((version) => ({
          ...version,
          terms: { ...version.terms, penalty },
        }));
        if (!first) throw new Error("a commitment has terms");
        const moved = transferred(
          { ...life, versions: [first, ...later] },
          on,
          { accountId: theirs.accountId, customerId: "customer-2" },
          fee,
        );
        const ended = { ...moved, termination: { on: lastDay, early: true, penaltyWaived: true, eventId: "end" } };
        const all = [...accounts, theirs];
        const views = [
          history([ended], { owner: a, accounts: all, others: [b] }),
          history([ended], { owner: b, accounts: all, others: [a] }),
        ];
        for (const view of views) {
          let books: Books = NOTHING_BILLED;
          for (const period of periodsOf(view.customer)) {
            const record = new Recording();
            record.holds(books.sealed, books.billed);
            const { lines, books: after } = close(books, view, period, record);
            expect(lines).toEqual(periodLines({ ...books, history: view }, period));
            for (const line of lines) expectSteps(line, record);
            books = after;
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it("leave the last holder the penalty for all that was given to any holder", () => {
    fc.assert(
      fc.property(lifeOf, days, suspensions, fc.nat({ max: 60 }), (life, on, blocked, wait) => {
        const lastTransfer = on.at(-1) ?? START;
        const lastDay = earlier(addDays(lastTransfer, wait), addDays(END, -40));
        fc.pre(lastDay >= lastTransfer);
        const [a, b] = [owner("customer-1", blocked), owner("customer-2", null, 10)];
        const moved = transferred(life, on, { accountId: theirs.accountId, customerId: "customer-2" });
        const termination = { on: lastDay, early: true, penaltyWaived: false, eventId: "end" };
        const ended: Commitment = { ...moved, termination };
        const all = [...accounts, theirs];
        const views = [
          history([ended], { owner: a, accounts: all, others: [b] }),
          history([ended], { owner: b, accounts: all, others: [a] }),
        ];
        const everything = views.map((view) =>
          periodsOf(view.customer).flatMap((period) => periodLines({ history: view, ...NOTHING_BILLED }, period)),
        );
        const penalties = everything.map((lines) => lines.filter(({ kind }) => kind === "PENALTY"));
        const given = everything.flat().filter(({ discountOrigin }) => discountOrigin === "COMMITMENT");
        const [owes, owesNot] = on.length % 2 === 0 ? penalties : penalties.toReversed();
        expect(owesNot).toEqual([]);
        if (owes && owes.length > 0) expect(total(owes, "fee")).toBe(total(given, "discount"));
      }),
    );
  });
});
