import { describe, expect, it } from "vitest";
import { type Account } from "../accounts/account.js";
import { type LocalDate } from "../calendar.js";
import { type AddOnProduct, type VolumeDiscountPlan } from "../catalog/products.js";
import { type Commitment, commitmentEvolver, statusOn } from "../commitments/commitment.js";
import { type CommitmentAssigned, type CommitmentEvent, type PlannedUpgrade } from "../commitments/events.js";
import { type Customer } from "../customers/customer.js";
import { type CustomerEvent } from "../customers/events.js";
import {
  account,
  accountClosed,
  accountOpened,
  customer,
  customerClosed,
  customerCreated,
} from "../spec-support/examples.js";
import { stateOf } from "../spec-support/given.js";
import { assigned, history, internet, terminated, terms, tv } from "../spec-support/history.js";
import { addOnProductsOf, entitlements, type Entitlement } from "./entitlements.js";

const internetPlan: VolumeDiscountPlan = {
  volumeDiscountPlanId: "plan-1",
  name: "Internet 1 GB",
  service: "Internet",
  quota: "1",
  unit: "GB",
  thresholds: [{ from: "0.5", percent: "10" }],
};
const product = (addOnProductId: string, changes: Partial<AddOnProduct> = {}): AddOnProduct => ({
  addOnProductId,
  name: addOnProductId,
  service: "Internet",
  quota: null,
  volumeDiscountPlanId: null,
  ...changes,
});
const catalog = {
  addOnProducts: new Map(
    [
      product("400 MB", { quota: "400 MB" }),
      product("1 GB", { volumeDiscountPlanId: "plan-1" }),
      product("Calls", { service: "Phone", quota: "100 minutes" }),
    ].map((item) => [item.addOnProductId, item]),
  ),
  volumeDiscountPlans: new Map([[internetPlan.volumeDiscountPlanId, internetPlan]]),
};

const small = internet({ addOnProductId: "400 MB" });
const start = (changes: Partial<CommitmentAssigned["data"]> = {}) =>
  assigned({ terms: terms({ recurring: [small] }), effectiveOn: "2020-07-01", discountEnd: "2022-07-01", ...changes });
const commitment = (...events: readonly CommitmentEvent[]): Commitment => {
  const state = stateOf(commitmentEvolver, events);
  if (!state) throw new Error("an assigned commitment has a state");
  return state;
};

const unmoved = { discountEndBefore: null, discountEndAfter: null };
const ordered = { orderedOn: "2020-07-15", discountEndFloors: [], ...unmoved };
const paused = (from: LocalDate, until: LocalDate | null): CommitmentEvent => ({
  type: "PauseScheduled",
  data: { pauseId: "pause-1", from, until, now: false, ...ordered, effectiveOn: from },
});
const resumed = (until: LocalDate): CommitmentEvent => ({
  type: "PauseEnded",
  data: { pauseId: "pause-1", until, ...ordered, effectiveOn: until },
});
const upgradedForATime = (from: LocalDate, until: LocalDate, then: PlannedUpgrade | null = null): CommitmentEvent => ({
  type: "TimeLimitedUpgradeOrdered",
  data: { upgradeId: "upgrade-1", rowId: "recurring-1", addOnProductId: "1 GB", until, then, effectiveOn: from },
});
const big = terms({ offerId: "offer-2", recurring: [internet({ rowId: "recurring-2", addOnProductId: "1 GB" })] });
const upgraded = (effectiveOn: LocalDate): CommitmentEvent => ({
  type: "CommitmentUpgraded",
  data: { terms: big, discountEndChoice: null, ended: [], ...unmoved, effectiveOn },
});
const suspended = (effectiveOn: LocalDate): CustomerEvent => ({
  type: "CustomerSuspended",
  data: { effectiveOn, personal: { reason: null } },
});
const served = (effectiveOn: LocalDate): CustomerEvent => ({ type: "CustomerUnsuspended", data: { effectiveOn } });

/** `given(events of a commitment…).by(events of its customer…).on(day).gives([add-on, until, state]…)` */
const given = (...events: readonly CommitmentEvent[]) => {
  const story = (owner: Customer, accounts: readonly Account[]) => ({
    on: (date: LocalDate) => {
      const known = history([commitment(...events)], { owner, accounts });
      const { addOns } = entitlements(known, "account-1", date, catalog);
      const shown = addOns.map(({ addOnProductId, upgradedUntil, state }) => [addOnProductId, upgradedUntil, state]);
      return {
        gives: (...expected: readonly (readonly [string, LocalDate | null, Entitlement["state"]])[]) => {
          expect(shown).toEqual(expected);
        },
      };
    },
  });
  return {
    ...story(customer(), [account()]),
    by: (...changes: readonly CustomerEvent[]) => story(customer(customerCreated(), ...changes), [account()]),
    closedOn: (date: LocalDate) => story(customer(), [account(accountOpened(), accountClosed(date))]),
  };
};

describe("what a commitment gives on a day", () => {
  it("is the add-on product of each recurring row, with its service and quota or plan", () => {
    const rows = [
      small,
      internet({ rowId: "recurring-2", addOnProductId: null }),
      internet({ rowId: "recurring-3", addOnProductId: "1 GB" }),
      internet({ rowId: "recurring-4", addOnProductId: "Calls" }),
    ];
    const held = commitment(start({ terms: terms({ recurring: rows, oneTime: [tv()] }) }));
    const common = { commitmentId: "commitment-1", upgradedUntil: null, state: "SERVED" };
    expect(entitlements(history([held]), "account-1", "2020-07-15", catalog)).toStrictEqual({
      on: "2020-07-15",
      mainProductId: "main-1",
      addOns: [
        {
          ...common,
          rowId: "recurring-1",
          addOnProductId: "400 MB",
          service: "Internet",
          quota: "400 MB",
          volumeDiscountPlan: null,
        },
        {
          ...common,
          rowId: "recurring-3",
          addOnProductId: "1 GB",
          service: "Internet",
          quota: null,
          volumeDiscountPlan: internetPlan,
        },
        {
          ...common,
          rowId: "recurring-4",
          addOnProductId: "Calls",
          service: "Phone",
          quota: "100 minutes",
          volumeDiscountPlan: null,
        },
      ],
    });
  });

  it("names what the catalog does not know by its id alone", () => {
    const held = commitment(start({ terms: terms({ recurring: [internet({ addOnProductId: "new" })] }) }));
    expect(entitlements(history([held]), "account-1", "2020-07-15", catalog).addOns).toMatchObject([
      { addOnProductId: "new", service: null, quota: null, volumeDiscountPlan: null },
    ]);
  });

  it("begins on the first charged day and ends with the last", () => {
    const pending = given(start({ effectiveOn: "2020-08-01" }));
    pending.on("2020-07-31").gives();
    pending.on("2020-08-01").gives(["400 MB", null, "SERVED"]);
    const ended = given(start(), terminated("2020-09-30"));
    ended.on("2020-09-30").gives(["400 MB", null, "SERVED"]);
    ended.on("2020-10-01").gives();
    const cancelled = given(start({ effectiveOn: "2020-08-01" }), terminated("2020-07-20"));
    cancelled.on("2020-08-01").gives();
  });

  it("ends with its account, and with its customer", () => {
    const closedAccount = given(start()).closedOn("2020-07-20");
    closedAccount.on("2020-07-20").gives(["400 MB", null, "SERVED"]);
    closedAccount.on("2020-07-21").gives();
    const closedCustomer = given(start()).by(customerClosed("2020-07-20"));
    closedCustomer.on("2020-07-20").gives(["400 MB", null, "SERVED"]);
    closedCustomer.on("2020-07-21").gives();
  });

  it("is what several commitments of the account give, by start, and nothing of other accounts", () => {
    const first = commitment(start({ commitmentId: "z", effectiveOn: "2020-07-01" }));
    const second = commitment(start({ commitmentId: "a", effectiveOn: "2020-07-10", terms: big }));
    const elsewhere = commitment(start({ commitmentId: "b", accountId: "account-2" }));
    const { addOns } = entitlements(history([elsewhere, second, first]), "account-1", "2020-07-15", catalog);
    expect(addOns.map(({ commitmentId, addOnProductId }) => [commitmentId, addOnProductId])).toEqual([
      ["z", "400 MB"],
      ["a", "1 GB"],
    ]);
  });
});

describe("an upgrade", () => {
  it("for a time gives the better add-on product through its last day, and says until when", () => {
    const story = given(start(), upgradedForATime("2020-07-10", "2020-07-31"));
    story.on("2020-07-09").gives(["400 MB", null, "SERVED"]);
    story.on("2020-07-10").gives(["1 GB", "2020-07-31", "SERVED"]);
    story.on("2020-07-31").gives(["1 GB", "2020-07-31", "SERVED"]);
    story.on("2020-08-01").gives(["400 MB", null, "SERVED"]);
  });

  it("for a time ends with the commitment", () => {
    const story = given(start(), upgradedForATime("2020-07-10", "2020-08-31"), terminated("2020-07-31"));
    story.on("2020-07-31").gives(["1 GB", "2020-07-31", "SERVED"]);
    story.on("2020-08-01").gives();
  });

  it("that follows one for a time gives its own rows from the day after (E7)", () => {
    const then = { terms: big, from: "2020-08-01", discountEnd: null };
    const story = given(start(), upgradedForATime("2020-07-10", "2020-07-31", then));
    story.on("2020-07-31").gives(["1 GB", "2020-07-31", "SERVED"]);
    story.on("2020-08-01").gives(["1 GB", null, "SERVED"]);
  });

  it("for good gives the rows of the new terms from its day, however the commitment was before", () => {
    const story = given(start(), upgraded("2020-08-10"));
    story.on("2020-08-09").gives(["400 MB", null, "SERVED"]);
    story.on("2020-08-10").gives(["1 GB", null, "SERVED"]);
  });
});

describe("a pause", () => {
  it("takes service from its first to its last day; the date of an upgrade does not move", () => {
    const story = given(start(), upgradedForATime("2020-07-10", "2020-08-15"), paused("2020-08-01", "2020-08-31"));
    story.on("2020-07-31").gives(["1 GB", "2020-08-15", "SERVED"]);
    story.on("2020-08-01").gives(["1 GB", "2020-08-15", "PAUSED"]);
    story.on("2020-08-16").gives(["400 MB", null, "PAUSED"]);
    story.on("2020-08-31").gives(["400 MB", null, "PAUSED"]);
    story.on("2020-09-01").gives(["400 MB", null, "SERVED"]);
  });

  it("that was ended by hand gives service back on that day, on which the commitment is still paused", () => {
    const events = [start(), paused("2020-08-01", null), resumed("2020-08-10")];
    given(...events)
      .on("2020-08-09")
      .gives(["400 MB", null, "PAUSED"]);
    given(...events)
      .on("2020-08-10")
      .gives(["400 MB", null, "SERVED"]);
    expect(statusOn(commitment(...events), "2020-08-10")).toBe("PAUSED");
  });
});

describe("a suspension", () => {
  it("takes service from its day until it is lifted", () => {
    const story = given(start()).by(suspended("2020-08-01"), served("2020-08-05"));
    story.on("2020-07-31").gives(["400 MB", null, "SERVED"]);
    story.on("2020-08-01").gives(["400 MB", null, "SUSPENDED"]);
    story.on("2020-08-04").gives(["400 MB", null, "SUSPENDED"]);
    story.on("2020-08-05").gives(["400 MB", null, "SERVED"]);
  });

  it("is not seen on a paused day, but it is on the day of resuming: service does not come back then", () => {
    const story = given(start(), paused("2020-08-01", null), resumed("2020-08-10")).by(suspended("2020-08-05"));
    story.on("2020-08-09").gives(["400 MB", null, "PAUSED"]);
    story.on("2020-08-10").gives(["400 MB", null, "SUSPENDED"]);
  });
});

describe("an annulled commitment", () => {
  it("gives nothing on any day", () => {
    const annulled: CommitmentEvent = {
      type: "CommitmentAnnulled",
      data: { orderedOn: "2020-07-05", effectiveOn: start().data.effectiveOn, personal: { reason: "Withdrawn" } },
    };
    const { effectiveOn } = start().data;
    expect(entitlements(history([commitment(start(), annulled)]), "account-1", effectiveOn, catalog).addOns).toEqual(
      [],
    );
  });
});

describe("the main product", () => {
  const changed = account(accountOpened({ effectiveOn: "2020-01-01" }), {
    type: "MainProductChanged",
    data: { mainProductId: "main-2", effectiveOn: "2020-07-10" },
  });
  const on = (date: LocalDate, owner = customer(), held = changed) =>
    entitlements(history([], { owner, accounts: [held] }), "account-1", date, catalog).mainProductId;

  it("is the one of that day", () => {
    expect(["2019-12-31", "2020-01-01", "2020-07-09", "2020-07-10", "2021-01-01"].map((date) => on(date))).toEqual([
      ...[null, "main-1", "main-1", "main-2", "main-2"],
    ]);
  });

  it("goes with the account or its customer", () => {
    const closed = account(accountOpened(), accountClosed("2020-07-20"));
    expect([on("2020-07-20", customer(), closed), on("2020-07-21", customer(), closed)]).toEqual(["main-1", null]);
    const gone = customer(customerCreated(), customerClosed("2020-07-20"));
    expect([on("2020-07-20", gone), on("2020-07-21", gone)]).toEqual(["main-2", null]);
  });
});

describe("the add-on products of an account", () => {
  it("are all that its commitments ever give", () => {
    const then = { terms: terms({ recurring: [internet({ addOnProductId: "5 GB" })] }), from: "2020-08-01" };
    const own = commitment(
      start({ terms: terms({ recurring: [small, internet({ rowId: "recurring-2", addOnProductId: null })] }) }),
      upgradedForATime("2020-07-10", "2020-07-31", { ...then, discountEnd: null }),
    );
    const elsewhere = commitment(start({ commitmentId: "b", accountId: "account-2", terms: big }));
    expect([...addOnProductsOf(history([own, elsewhere]), "account-1")].sort()).toEqual(["1 GB", "400 MB", "5 GB"]);
  });
});
