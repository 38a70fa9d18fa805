import { describe, expect, it } from "vitest";
import {
  account,
  accountClosed,
  accountOpened,
  at,
  customer,
  customerClosed,
  customerCreated,
} from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { assigned, commitment, internet, terminated, terms } from "../spec-support/history.js";
import { factsOf, pause, PROMISED, reasonedEnd, setEnd, terminate, told } from "../spec-support/story.js";
import { type RejectionCode } from "../rejection.js";
import { type GivenDiscountEnd } from "./choose-discount-end.js";
import { commitmentEvolver } from "./commitment.js";
import { type DiscountEndSet } from "./events.js";
import { setDiscountEnd } from "./set-discount-end.js";

const given = givenFor(commitmentEvolver);
const now = at("2020-07-20");
const manual = (date: string): GivenDiscountEnd => ({ kind: "MANUAL", date });
const synchronised = (commitmentId = "commitment-2"): GivenDiscountEnd => ({ kind: "SYNCHRONISED", commitmentId });
type State = Parameters<typeof setDiscountEnd>[1];
const set =
  (discountEnd: GivenDiscountEnd, facts: Parameters<typeof setDiscountEnd>[2] = factsOf()) =>
  (state: State) =>
    setDiscountEnd({ discountEnd, now }, state, reasonedEnd(facts, discountEnd));

const wasSet = (discountEnd: string, changes: Partial<DiscountEndSet["data"]> = {}): DiscountEndSet => ({
  type: "DiscountEndSet",
  data: {
    kind: "MANUAL",
    discountEnd,
    counted: [],
    synchronisedWith: null,
    discountEndBefore: "2021-03-01",
    discountEndAfter: discountEnd,
    effectiveOn: "2020-07-20",
    ...(changes.kind !== "SYNCHRONISED" && { personal: { reason: PROMISED } }),
    ...changes,
  },
});

describe("setting the discount end date", () => {
  it("by hand holds from today on, to a later or an earlier date, the earliest being today", () => {
    for (const date of ["2022-01-01", "2020-12-01", "2020-07-20"]) {
      given(assigned())
        .when(set(manual(date)))
        .then([wasSet(date)]);
    }
  });

  it("brings back one that lies in the past", () => {
    given(assigned({ discountEnd: "2020-05-01" }))
      .when(set(manual("2020-08-01")))
      .then([wasSet("2020-08-01", { discountEndBefore: "2020-05-01" })]);
  });

  it("on a commitment that has not started must be after its start", () => {
    const pending = assigned({ effectiveOn: "2020-08-01", discountEnd: "2022-08-01" });
    given(pending)
      .when(set(manual("2020-08-02")))
      .then([wasSet("2020-08-02", { discountEndBefore: "2022-08-01" })]);
    given(pending)
      .when(set(manual("2020-08-01")))
      .thenRejected("DISCOUNT_END_INVALID", "discountEnd");
  });

  it("notes what it includes of each pause: ended ones, an open one through today, none from the date on", () => {
    const paused = told(assigned(), [
      ["2020-06-01", pause({ from: "2020-06-10", until: "2020-06-19" })],
      ["2020-06-01", pause({ from: "2020-09-01", until: "2020-09-30" })],
      ["2020-06-01", pause({ from: "2020-11-01", until: "2020-11-30" })],
    ]);
    given(...paused)
      .when(set(manual("2020-11-01")))
      .then([
        wasSet("2020-11-01", {
          counted: [
            { pauseId: "pause-1", days: 10 },
            { pauseId: "pause-2", days: 30 },
          ],
          discountEndBefore: "2021-05-10",
        }),
      ]);
    given(...told(assigned(), [["2020-07-10", pause()]]))
      .when(set(manual("2021-01-01")))
      .then([wasSet("2021-01-01", { counted: [{ pauseId: "pause-1", days: 10 }], discountEndBefore: "2021-03-11" })]);
  });

  it("while a termination is scheduled includes pauses as it cuts them: what is shown is the date that was set", () => {
    const ending = told(assigned(), [
      ["2020-07-01", pause({ from: "2020-08-01", until: "2020-08-31" })],
      ["2020-07-10", terminate("2020-08-10")],
    ]);
    given(...ending)
      .when(set(manual("2021-01-01")))
      .then([
        wasSet("2021-01-01", {
          counted: [{ pauseId: "pause-1", days: 10 }],
          discountEndBefore: "2021-03-11",
          discountEndAfter: "2021-01-01",
        }),
      ]);
  });

  it("by synchronising copies the date of the other commitment as it is today", () => {
    const other = commitment({ commitmentId: "commitment-2", discountEnd: "2022-05-05" });
    given(assigned())
      .when(set(synchronised(), factsOf({}, { syncTarget: other })))
      .then([wasSet("2022-05-05", { kind: "SYNCHRONISED", synchronisedWith: "commitment-2" })]);
  });

  it("is accepted through the last day of a scheduled termination", () => {
    given(...told(assigned(), [["2020-07-10", terminate("2020-07-20")]]))
      .when(set(manual("2020-12-01")))
      .then([wasSet("2020-12-01")]);
  });
});

describe("setting the discount end date is refused", () => {
  const other = (changes: Parameters<typeof commitment>[0] = {}, ended: string | null = null) =>
    factsOf({}, { syncTarget: commitment({ commitmentId: "commitment-2", ...changes }, ended) });

  it.each<[string, GivenDiscountEnd, ReturnType<typeof factsOf>, RejectionCode]>([
    ["to a date before today", manual("2020-07-19"), factsOf(), "DISCOUNT_END_INVALID"],
    ["with one that does not exist", synchronised(), factsOf(), "COMMITMENT_NOT_FOUND"],
    ["with itself", synchronised("commitment-1"), other({ commitmentId: "commitment-1" }), "SYNC_TARGET_INVALID"],
    ["with one of another account", synchronised(), other({ accountId: "account-2" }), "SYNC_TARGET_INVALID"],
    ["with a terminated one", synchronised(), other({}, "2020-07-19"), "SYNC_TARGET_INVALID"],
    ["with an endless one", synchronised(), other({ discountEnd: null }), "SYNC_TARGET_INVALID"],
    ["with one that has ended", synchronised(), other({ discountEnd: "2020-07-19" }), "DISCOUNT_END_INVALID"],
  ])("%s", (_, discountEnd, facts, code) => {
    given(assigned()).when(set(discountEnd, facts)).thenRejected(code, "discountEnd");
  });

  it("by hand without a reason, though it was terminated; one that is copied needs none", () => {
    const silent = (state: State) => setDiscountEnd({ discountEnd: manual("2020-01-01"), now }, state, factsOf());
    given(assigned(), terminated("2020-07-19")).when(silent).thenRejected("VALIDATION_FAILED", "reason");
    given().when(silent).thenRejected("COMMITMENT_NOT_FOUND", "commitmentId");
  });

  it("for terms without a discount period, after what it would be synchronised with", () => {
    const endless = assigned({
      discountEnd: null,
      terms: terms({ discountPeriods: null, recurring: [internet({ discount: "0.00" })] }),
    });
    given(endless)
      .when(set(manual("2021-01-01")))
      .thenRejected("DISCOUNT_END_INVALID", "discountEnd");
    given(endless)
      .when(set(synchronised(), other({ discountEnd: null })))
      .thenRejected("SYNC_TARGET_INVALID", "discountEnd");
  });

  it("in this order where several reasons hold", () => {
    const account1 = (...closed: string[]) => [account(accountOpened(), ...closed.map(accountClosed))];
    const owner = (...closed: string[]) => customer(customerCreated(), ...closed.map(customerClosed));
    const today = "2020-07-20";
    const held = assigned();
    given()
      .when(set(manual("2020-01-01")))
      .thenRejected("COMMITMENT_NOT_FOUND", "commitmentId");
    given(held, terminated("2020-07-19"))
      .when(set(synchronised(), factsOf({ owner: owner(today), accounts: account1(today) })))
      .thenRejected("COMMITMENT_NOT_FOUND", "discountEnd");
    const invalid = { syncTarget: commitment({ commitmentId: "commitment-2", accountId: "account-2" }) };
    given(held, terminated("2020-07-19"))
      .when(set(synchronised(), factsOf({ owner: owner(today), accounts: account1(today) }, invalid)))
      .thenRejected("ALREADY_TERMINATED", "commitmentId");
    given(held)
      .when(set(synchronised(), factsOf({ owner: owner(today), accounts: account1(today) }, invalid)))
      .thenRejected("CUSTOMER_CLOSED", "commitmentId");
    given(held)
      .when(set(synchronised(), factsOf({ accounts: account1(today) }, invalid)))
      .thenRejected("ACCOUNT_CLOSED", "commitmentId");
    given(held)
      .when(set(synchronised(), factsOf({}, invalid)))
      .thenRejected("SYNC_TARGET_INVALID", "discountEnd");
  });

  it("from the day after the closing of its account or customer, as terminated", () => {
    given(assigned())
      .when(set(manual("2020-12-01"), factsOf({ accounts: [account(accountOpened(), accountClosed("2020-07-19"))] })))
      .thenRejected("ALREADY_TERMINATED", "commitmentId");
    given(assigned())
      .when(set(manual("2020-12-01"), factsOf({ owner: customer(customerCreated(), customerClosed("2020-07-19")) })))
      .thenRejected("ALREADY_TERMINATED", "commitmentId");
  });
});

it("a date that was set twice starts from what was shown", () => {
  const events = told(assigned(), [
    ["2020-07-01", setEnd("2021-01-01")],
    ["2020-07-10", pause()],
    ["2020-07-20", setEnd("2020-12-01")],
  ]);
  expect(events.at(-1)).toEqual(
    wasSet("2020-12-01", { counted: [{ pauseId: "pause-2", days: 10 }], discountEndBefore: "2021-01-11" }),
  );
});
