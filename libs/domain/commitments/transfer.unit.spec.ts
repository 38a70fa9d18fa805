import { describe, expect, it } from "vitest";
import {
  accountClosed,
  accountOpened,
  account,
  at,
  customer,
  customerClosed,
  customerCreated,
} from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { assigned, history, internet, terms, terminated } from "../spec-support/history.js";
import {
  after,
  addOn,
  betterOffer,
  dropPlan,
  factsOf,
  mainProduct,
  pause,
  told,
  type Told,
  transfer,
  upgrade,
  upgradeUntil,
} from "../spec-support/story.js";
import { type RejectionCode } from "../rejection.js";
import { commitmentEvolver } from "./commitment.js";
import { type CommitmentEvent, type CommitmentTransferred } from "./events.js";
import { customersOf, daysHeldBy, firstDayOf, holderOn, holdings } from "./holders.js";
import { transferCommitment, type TransferFacts } from "./transfer.js";

const given = givenFor(commitmentEvolver);
const fee = terms({ transferFee: "9.50" });
const start = assigned({ terms: fee });
const today = at("2020-07-20");
const receiver = customer(customerCreated({ customerId: "customer-2" }));
const theirs = account(accountOpened({ accountId: "account-2", customerId: "customer-2" }));
const facts: TransferFacts = { ...factsOf(), account: theirs, customer: receiver, mainProduct };

const transferred = (changes: Partial<CommitmentTransferred["data"]> = {}): CommitmentTransferred => ({
  type: "CommitmentTransferred",
  data: {
    accountId: "account-2",
    customerId: "customer-2",
    fromAccountId: "account-1",
    fromCustomerId: "customer-1",
    transferFee: "9.50",
    termsName: "Turbo 24",
    effectiveOn: "2020-07-20",
    ...changes,
  },
});

const when = (
  changes: Partial<TransferFacts> = {},
  {
    effectiveOn,
    now = today,
    events = [start],
  }: { effectiveOn?: string; now?: string; events?: readonly CommitmentEvent[] } = {},
) =>
  given(...events).when((state) =>
    transferCommitment({ ...(effectiveOn === undefined ? {} : { effectiveOn }), now }, state, { ...facts, ...changes }),
  );

describe("a transfer", () => {
  it("is to the account of another customer, today unless a day is given", () => {
    when().then([transferred()]);
    when({}, { effectiveOn: "2020-07-01" }).then([transferred({ effectiveOn: "2020-07-01" })]);
  });

  it("is to another account of the same customer", () => {
    const own = account(accountOpened({ accountId: "account-3" }));
    const event = transferred({ accountId: "account-3", customerId: "customer-1" });
    when({ account: own, customer: customer() }).then([event]);
  });

  it("of today is none that is dated back, also where the receiver's period has ended already", () => {
    const ahead = customer(customerCreated({ customerId: "customer-2", timeZone: "Pacific/Auckland" }));
    const command = { now: "2020-07-31T20:00:00Z" };
    const event = transferred({ effectiveOn: "2020-07-31" });
    when({ customer: ahead }, command).then([event]);
    when({ customer: ahead }, { ...command, effectiveOn: "2020-07-31" }).then([event]);
    const behind = { customer: ahead, closedDays: { backDatingDays: 90, reason: null } };
    when(behind, { ...command, effectiveOn: "2020-07-30" }).thenRejected("VALIDATION_FAILED", "reason");
  });

  it("charges the fee of the terms held on its day", () => {
    const steps: Told = [
      ["2020-07-05", upgrade({}, { offer: betterOffer({ transferFee: "12.00" }) })],
      ["2020-07-20", transfer()],
    ];
    const events = told(start, steps);
    expect(events.at(-1)).toStrictEqual(
      transferred({ customerId: "customer-1", transferFee: "12.00", termsName: "Turbo Max" }),
    );
  });

  it("may be of a commitment that has not started, or on the day of its termination", () => {
    const coming = assigned({ terms: fee, effectiveOn: "2020-09-01" });
    when({}, { events: [coming] }).then([transferred()]);
    when({}, { events: [start, terminated("2020-07-20")] }).then([transferred()]);
  });

  it("may be followed by another one on the same day, but not be dated before it", () => {
    const events = [start, transferred({ effectiveOn: "2020-07-10" })];
    const back = { account: account(), customer: customer() };
    const event = transferred({
      accountId: "account-1",
      customerId: "customer-1",
      fromAccountId: "account-2",
      fromCustomerId: "customer-2",
    });
    const giver = { history: history([], { owner: receiver, accounts: [theirs] }) };
    when({ ...back, ...giver }, { events, effectiveOn: "2020-07-10" }).then([
      { ...event, data: { ...event.data, effectiveOn: "2020-07-10" } },
    ]);
    when({ ...back, ...giver }, { events, effectiveOn: "2020-07-09" }).thenRejected("CONFLICT", "effectiveOn");
  });
});

describe("after a transfer", () => {
  const held = after(start, [
    ["2020-07-05", transfer({ account: theirs, customer: receiver })],
    ["2020-07-10", transfer({ account: account(), customer: customer() })],
    ["2020-07-10", transfer({ account: account(accountOpened({ accountId: "account-3" })) })],
  ]);

  it("each day belongs to the holder recorded last for it", () => {
    const days = ["2019-01-01", "2020-07-04", "2020-07-05", "2020-07-09", "2020-07-10", "2021-01-01"];
    expect(days.map((day) => holderOn(held, day).accountId)).toEqual([
      "account-1",
      "account-1",
      "account-2",
      "account-2",
      "account-3",
      "account-3",
    ]);
    expect(holdings(held).map(({ holder, from, to }) => [holder.customerId, from, to])).toEqual([
      ["customer-1", "2019-03-01", "2020-07-05"],
      ["customer-2", "2020-07-05", "2020-07-10"],
      ["customer-1", "2020-07-10", null],
    ]);
    expect(daysHeldBy(held, "customer-1", "2020-08-01").map(({ from, to }) => [from, to])).toEqual([
      ["2019-03-01", "2020-07-05"],
      ["2020-07-10", "2020-08-01"],
    ]);
    expect([customersOf(held), firstDayOf(held, "customer-2"), firstDayOf(held, "customer-9")]).toEqual([
      ["customer-1", "customer-2"],
      "2020-07-05",
      null,
    ]);
    expect([held.accountId, held.customerId]).toEqual(["account-3", "customer-1"]);
  });

  it("an account that gets it back on the same day holds it throughout", () => {
    const back = after(start, [
      ["2020-07-05", transfer()],
      ["2020-07-05", transfer({ account: account(), customer: customer() })],
    ]);
    expect(holdings(back).map(({ holder, from, to }) => [holder.accountId, from, to])).toEqual([
      ["account-1", "2019-03-01", null],
    ]);
  });

  it("one that had not started is held by the receiver from its start on", () => {
    const coming = after(assigned({ effectiveOn: "2020-09-01" }), [
      ["2020-07-20", transfer({ account: theirs, customer: receiver })],
    ]);
    expect(holderOn(coming, "2020-09-01").customerId).toBe("customer-2");
    expect(holdings(coming).map(({ holder, from, to }) => [holder.customerId, from, to])).toEqual([
      ["customer-2", "2020-07-20", null],
    ]);
    expect(firstDayOf(coming, "customer-2")).toBe("2020-07-20");
  });

  it("a change from before it is a conflict", () => {
    const moved = after(start, [["2020-07-10", transfer({ account: theirs, customer: receiver })]]);
    const owned = factsOf({ owner: receiver, accounts: [theirs] });
    const early = pause({ from: "2020-07-09", until: "2020-07-12" });
    expect(() => early(moved, owned, today, "1")).toThrow("before the transfer of 2020-07-10");
    expect(pause({ from: "2020-07-10" })(moved, owned, today, "1")).toHaveLength(1);
  });
});

const other = (changes: Parameters<typeof customerCreated>[0]) => ({
  customer: customer(customerCreated({ customerId: "customer-2", ...changes })),
});
const none = { ...mainProduct, addOnProductIds: [] };
const withRow = (changes: Parameters<typeof internet>[0]) => ({
  events: [assigned({ terms: terms({ recurring: [internet(changes)] }) })],
});

/** In order: each refusal holds together with all that follow it. */
const refusals: [string, RejectionCode, string, Partial<TransferFacts>, Parameters<typeof when>[1]?][] = [
  ["an unknown commitment", "COMMITMENT_NOT_FOUND", "commitmentId", {}, { events: [] }],
  ["an unknown account", "ACCOUNT_NOT_FOUND", "toAccountId", { account: null }],
  ["the account that holds it", "SAME_ACCOUNT", "toAccountId", { account: account(), customer: customer() }],
  ["a terminated one", "ALREADY_TERMINATED", "commitmentId", {}, { events: [start, terminated("2020-07-19")] }],
  [
    "a giver that was closed today",
    "CUSTOMER_CLOSED",
    "commitmentId",
    { history: history([], { owner: customer(customerCreated(), customerClosed("2020-07-20")) }) },
  ],
  [
    "a giving account that was closed today",
    "ACCOUNT_CLOSED",
    "commitmentId",
    { history: history([], { accounts: [account(accountOpened(), accountClosed("2020-07-20"))] }) },
  ],
  [
    "a closed receiver",
    "CUSTOMER_CLOSED",
    "toAccountId",
    { customer: customer(customerCreated({ customerId: "customer-2" }), customerClosed("2020-07-01")) },
  ],
  [
    "a closed receiving account",
    "ACCOUNT_CLOSED",
    "toAccountId",
    {
      account: account(
        accountOpened({ accountId: "account-2", customerId: "customer-2" }),
        accountClosed("2020-07-20"),
      ),
    },
  ],
  ["another currency", "CURRENCY_MISMATCH", "toAccountId", other({ currency: "EUR" })],
  ["an add-on that is not allowed", "ADD_ON_NOT_ALLOWED", "toAccountId", { mainProduct: none }],
  ["an unknown main product", "ADD_ON_NOT_ALLOWED", "toAccountId", { mainProduct: null }],
  ["no minimum period", "MINIMUM_PERIOD_MISSING", "toAccountId", {}, withRow({ minimumPeriods: null })],
  [
    "no fee for the receiver's type",
    "FEE_MISSING_FOR_PERIOD",
    "toAccountId",
    {},
    withRow({ fees: { WEEKLY: "5.00" } }),
  ],
  [
    "a discount above the fee of the receiver's type",
    "DISCOUNT_EXCEEDS_FEE",
    "toAccountId",
    other({ billingPeriod: "MONTHLY_ANNIVERSARY" }),
    withRow({ fees: { MONTHLY: "20.00", MONTHLY_ANNIVERSARY: "4.99" } }),
  ],
  ["a coming day", "INVALID_DATE", "effectiveOn", {}, { effectiveOn: "2020-07-21" }],
  [
    "a day before the account was opened",
    "INVALID_DATE",
    "effectiveOn",
    {
      account: account(accountOpened({ accountId: "account-2", customerId: "customer-2", effectiveOn: "2020-07-20" })),
    },
    { effectiveOn: "2020-07-19" },
  ],
  [
    "a day before the start",
    "INVALID_DATE",
    "effectiveOn",
    {},
    { events: [assigned({ effectiveOn: "2020-07-15" })], effectiveOn: "2020-07-14" },
  ],
  ["a day in a closed period of the giver", "DATE_ALREADY_INVOICED", "effectiveOn", {}, { effectiveOn: "2020-06-30" }],
  [
    "a day in a closed period of the receiver",
    "DATE_ALREADY_INVOICED",
    "effectiveOn",
    other({ billingPeriod: "MONTHLY_ANNIVERSARY", anniversaryDay: 15 }),
    { effectiveOn: "2020-07-14" },
  ],
];

describe("a transfer is refused for", () => {
  it.each(refusals)("%s", (_, code, field, changes, command) => {
    when(changes, command).thenRejected(code, field);
  });

  it("the add-on product of an upgrade that runs, and of one that is planned", () => {
    const only = (addOnProductId: string) => ({
      mainProduct: { ...mainProduct, addOnProductIds: ["add-on-1", addOnProductId] },
    });
    const upgraded = told(start, [["2020-07-10", upgradeUntil("2020-07-31", { addOnProduct: addOn("add-on-3") })]]);
    when(only("add-on-2"), { events: upgraded }).thenRejected("ADD_ON_NOT_ALLOWED", "toAccountId");
    when(only("add-on-3"), { events: upgraded }).then([transferred()]);
    const planned = told(start, [
      ["2020-07-10", upgradeUntil("2020-07-31", { then: true, addOnProduct: addOn("add-on-3") })],
    ]);
    when(only("add-on-3"), { events: planned }).thenRejected("ADD_ON_NOT_ALLOWED", "toAccountId");
    const cancelled = told(start, [
      ["2020-07-10", upgradeUntil("2020-07-31", { then: true, addOnProduct: addOn("add-on-3") })],
      ["2020-07-11", dropPlan],
    ]);
    when(only("add-on-3"), { events: cancelled }).then([transferred()]);
  });
});
