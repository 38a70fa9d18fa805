import { type DataSource } from "typeorm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type CommitmentStatus, statusOn } from "#domain/commitments/commitment.js";
import { type CommitmentEvent } from "#domain/commitments/events.js";
import { type LifecycleEvent } from "#domain/lifecycle/events.js";
import { type CustomerEvent } from "#domain/customers/events.js";
import { listClosedPeriods } from "./billing/closed-periods.js";
import { wasEverAssigned } from "./billing/load.js";
import { listCommitments } from "./commitments/queries.js";
import { listCustomers } from "./customers/queries.js";
import { wholeProvider } from "./rows/scope.js";
import { openDatabases, type TestDatabases } from "./spec-support/database.js";
import { id, Journal, OTHER_PROVIDER, PROVIDER } from "./spec-support/journal.js";
import { allRows, project, startOver } from "./spec-support/rows.js";
import {
  accountOpened,
  assigned,
  customerCreated,
  pauseCancelled,
  paused,
  pauseEnded,
  terminated,
  termsOf,
  upgraded,
  upgradeOrdered,
} from "./spec-support/story.js";

let databases: TestDatabases;
let dataSource: DataSource;
let journal: Journal;

beforeAll(async () => {
  databases = await openDatabases();
  dataSource = await databases.migrated();
});
afterAll(() => databases.stop());
beforeEach(async () => {
  await startOver(dataSource);
  journal = new Journal();
  journal.record("customer", id("Ann"), [customerCreated("Ann")]);
  journal.record("account", id("+49 1"), [accountOpened("+49 1", "Ann")]);
});

const commitment = (name: string, ...events: CommitmentEvent[]) =>
  journal.record("commitment", id(name), [assigned(name, "+49 1", "Ann", "2022-07-01"), ...events]);
const projectAll = () => project(dataSource, journal.events);

describe("the status of a commitment on a day", () => {
  const statuses: CommitmentStatus[] = ["PENDING", "ACTIVE", "PAUSED", "TERMINATED"];
  const listed = async (is: CommitmentStatus, on: string): Promise<string[]> =>
    (await listCommitments(dataSource, wholeProvider(PROVIDER), { filter: { status: { is, on } } })).rows.map(
      (row) => row.id,
    );

  beforeEach(async () => {
    commitment("plain");
    journal.record("commitment", id("to come"), [
      assigned("to come", "+49 1", "Ann", null, { effectiveOn: "2020-08-10" }),
    ]);
    journal.record("commitment", id("never begun"), [
      assigned("never begun", "+49 1", "Ann", null, { effectiveOn: "2020-08-20" }),
      terminated("2020-08-05", "0.00"),
    ]);
    commitment("paused", paused("one", "2020-08-10", "2020-08-12"), paused("two", "2020-09-01", "2020-09-02"));
    commitment("paused openly", paused("open", "2020-08-10", null));
    commitment("resumed", paused("ended", "2020-08-09", null), pauseEnded("ended", "2020-08-11"));
    commitment(
      "not paused",
      paused("cancelled", "2020-08-10", "2020-08-12"),
      pauseCancelled("cancelled", "2020-08-10"),
    );
    commitment("ended", paused("cut", "2020-08-10", null), terminated("2020-08-11", "0.00"));
    await projectAll();
  });

  it.each<[string, Record<CommitmentStatus, string[]>]>([
    [
      "2020-08-09",
      {
        PENDING: ["to come"],
        ACTIVE: ["plain", "paused", "paused openly", "not paused", "ended"],
        PAUSED: ["resumed"],
        TERMINATED: ["never begun"],
      },
    ],
    [
      "2020-08-11",
      {
        PENDING: [],
        ACTIVE: ["plain", "to come", "not paused"],
        PAUSED: ["paused", "paused openly", "resumed", "ended"],
        TERMINATED: ["never begun"],
      },
    ],
    [
      "2020-08-12",
      {
        PENDING: [],
        ACTIVE: ["plain", "to come", "resumed", "not paused"],
        PAUSED: ["paused", "paused openly"],
        TERMINATED: ["never begun", "ended"],
      },
    ],
  ])("is filtered as on %s", async (on, expected) => {
    for (const is of statuses) expect(await listed(is, on), is).toEqual(expected[is].map(id));
  });

  it("is the one that the domain tells", async () => {
    const { rows } = await listCommitments(dataSource, wholeProvider(PROVIDER));
    for (const on of ["2020-07-01", "2020-08-05", "2020-08-06", "2020-08-10", "2020-08-13", "2020-09-02"]) {
      for (const is of statuses) {
        const told = rows.filter(({ state }) => statusOn(state, on) === is).map((row) => row.id);
        expect(await listed(is, on), `${is} on ${on}`).toEqual(told);
      }
    }
  });
});

describe("a commitment's row", () => {
  const row = async () => {
    await projectAll();
    return (await listCommitments(dataSource, wholeProvider(PROVIDER))).rows[0];
  };

  it("shows the terms and the end date of the day of its last event", async () => {
    const row1 = {
      ...{ rowId: "recurring-1", subscriptionId: id("plan"), description: "1 GB", addOnProductId: id("1 GB") },
      ...{ fees: { MONTHLY: "20.00" }, discount: "0.00", minimumPeriods: null, prorateFirst: true, prorateLast: true },
    };
    const terms = { ...termsOf("turbo", "Turbo"), recurring: [row1] };
    journal.record("commitment", id("one"), [assigned("one", "+49 1", "Ann", "2022-07-01", { terms })]);
    const then = { terms: termsOf("later", "Later"), from: "2020-08-01", discountEnd: null };
    journal.record("commitment", id("one"), [upgradeOrdered("u", "2020-07-31", then)], {
      at: "2020-07-02T12:00:00.000Z",
    });
    expect(await row()).toMatchObject({ offerId: id("turbo"), offerName: "Turbo", discountEnd: "2022-07-01" });
    const pause = paused("p", "2020-07-10", "2020-07-19");
    journal.record("commitment", id("one"), [pause], { at: "2020-08-01T12:00:00.000Z" });
    await startOver(dataSource);
    expect(await row()).toMatchObject({ offerId: id("later"), offerName: "Later", discountEnd: "2022-07-11" });
  });

  it("shows what holds on the day of the last signal, wherever the page boundary lies", async () => {
    const planned = { terms: termsOf("planned", "Planned"), from: "2020-08-01", discountEnd: null };
    const data = { commitmentId: id("one") };
    const renewal = { ...data, renewalId: "r", offerId: id("planned"), offerRevision: 1 };
    const signals: LifecycleEvent[] = [
      {
        type: "PlannedUpgradeTookEffect",
        data: { ...data, upgradeId: id("u"), offerId: id("planned"), effectiveOn: "2020-08-01" },
      },
      { type: "RenewalTookEffect", data: { ...renewal, effectiveOn: "2020-09-01" } },
    ];
    commitment("one", paused("open", "2020-07-10", null), upgradeOrdered("u", "2020-07-31", planned));
    journal.record("lifecycle", id("one"), signals);
    // Its open pause moves the end day by day.
    expect(await row()).toMatchObject({ discountEnd: "2022-08-24" });
    const whole = await allRows(dataSource);
    await startOver(dataSource);
    await project(dataSource, journal.events, [1]);
    expect(await allRows(dataSource)).toEqual(whole);
  });

  it("forgets a termination that was cancelled, with its penalty", async () => {
    const cancelled: CommitmentEvent = {
      type: "TerminationCancelled",
      data: { discountEnd: "2022-07-01", effectiveOn: "2020-07-02" },
    };
    commitment("one", terminated("2020-08-31", "12.34"));
    expect(await row()).toMatchObject({ terminatedOn: "2020-08-31", early: true, penaltyPreview: "12.34" });
    journal.record("commitment", id("one"), [paused("p", "2020-08-01", null)]);
    await startOver(dataSource);
    expect(await row()).toMatchObject({ terminatedOn: "2020-08-31", penaltyPreview: "12.34" });
    journal.record("commitment", id("one"), [cancelled]);
    await startOver(dataSource);
    expect(await row()).toMatchObject({ terminatedOn: null, early: null, penaltyPreview: null });
    journal.record("commitment", id("one"), [
      terminated("2020-09-30", "5.00"),
      cancelled,
      terminated("2020-10-31", "6.00"),
    ]);
    await startOver(dataSource);
    expect(await row()).toMatchObject({ terminatedOn: "2020-10-31", penaltyPreview: "6.00" });
    const whole = await allRows(dataSource);
    await startOver(dataSource);
    await project(dataSource, journal.events, [1]);
    expect(await allRows(dataSource)).toEqual(whole);
  });
});

describe("an offer", () => {
  const everAssigned = (offer: string, provider = PROVIDER) => wasEverAssigned(dataSource, provider, id(offer));
  const plan = { terms: termsOf("planned", "Planned"), from: "2020-08-01", discountEnd: null };

  const scheduled = {
    type: "UpgradeScheduled",
    data: {
      upgradeId: id("s"),
      terms: termsOf("scheduled", "Scheduled"),
      discountEnd: { kind: "KEEP", default: null },
      orderedOn: "2020-07-02",
      effectiveOn: "2020-08-01",
    },
  } satisfies CommitmentEvent;

  it("was assigned when a commitment began with it, was upgraded to it, or is going to be", async () => {
    commitment(
      "one",
      upgraded(termsOf("second", "Second"), "2020-07-10"),
      upgraded(termsOf("third", "Third"), "2020-07-20"),
    );
    commitment("two", upgradeOrdered("u", "2020-07-31", plan));
    commitment("three", scheduled);
    await projectAll();
    for (const offer of ["turbo", "second", "third", "planned", "scheduled"])
      expect(await everAssigned(offer), offer).toBe(true);
    expect(await everAssigned("another")).toBe(false);
    expect(await everAssigned("turbo", OTHER_PROVIDER)).toBe(false);
  });

  it("was not when the upgrade was cancelled before its day", async () => {
    const { upgradeId } = scheduled.data;
    const cancelled: CommitmentEvent = {
      type: "ScheduledUpgradeCancelled",
      data: { upgradeId, effectiveOn: "2020-08-01" },
    };
    commitment("one", scheduled, cancelled);
    await projectAll();
    expect(await everAssigned("scheduled")).toBe(false);
  });

  it("was not when the plan was dropped before its day", async () => {
    const dropped: CommitmentEvent = {
      type: "PlannedUpgradeCancelled",
      data: { upgradeId: id("u"), effectiveOn: "2020-07-02" },
    };
    commitment("one", upgradeOrdered("u", "2020-07-31", plan), dropped);
    await projectAll();
    expect(await everAssigned("planned")).toBe(false);
  });
});

describe("a suspended customer", () => {
  const suspended = (day: string): CustomerEvent => ({
    type: "CustomerSuspended",
    data: { effectiveOn: day, personal: { reason: "unpaid" } },
  });
  const unsuspended = (day: string): CustomerEvent => ({ type: "CustomerUnsuspended", data: { effectiveOn: day } });
  const rate: CustomerEvent = { type: "SubscriptionDiscountRateSet", data: { rate: "10", effectiveOn: "2020-07-05" } };

  it("is found by its status, until it is unsuspended or closed", async () => {
    const others: [string, CustomerEvent[]][] = [
      ["Bea", [suspended("2020-06-02")]],
      ["Cem", [suspended("2020-06-02"), unsuspended("2020-06-02")]],
      ["Dan", [suspended("2020-06-05"), { type: "CustomerClosed", data: { effectiveOn: "2020-06-06" } }]],
      // Ordered for a day to come.
      ["Fay", [suspended("2020-12-01")]],
      ["Eve", [suspended("2020-06-09"), unsuspended("2020-06-04"), rate]],
    ];
    for (const [name, events] of others) journal.record("customer", id(name), [customerCreated(name), ...events]);
    await projectAll();
    const named = async (status: "ACTIVE" | "SUSPENDED" | "CLOSED") =>
      (await listCustomers(dataSource, wholeProvider(PROVIDER), { filter: { status } })).rows.map(({ name }) => name);
    expect(await named("ACTIVE")).toEqual(["Ann", "Cem", "Fay"]);
    expect(await named("SUSPENDED")).toEqual(["Bea", "Eve"]);
    expect(await named("CLOSED")).toEqual(["Dan"]);
  });

  it("moves the basis of a closed period, as every event does that changes what it charges", async () => {
    commitment("one");
    const closed = {
      type: "PeriodClosed",
      data: { period: { from: "2020-07-01", until: "2020-07-31" }, basis: [], effectiveOn: "2020-08-01" },
    };
    journal.record("receivables", id("Ann"), [closed]);
    journal.record("customer", id("Ann"), [suspended("2020-07-20"), unsuspended("2020-08-01"), rate]);
    journal.record("commitment", id("one"), [paused("p", "2020-07-31", null), paused("q", "2020-09-01", null)]);
    await projectAll();
    const [period] = (await listClosedPeriods(dataSource, wholeProvider(PROVIDER), {}, {})).rows;
    expect(period?.moved.map(({ type, effectiveOn }) => `${type} ${effectiveOn}`).sort()).toEqual([
      "CommitmentAssigned 2020-07-01",
      "CustomerSuspended 2020-07-20",
      "PauseScheduled 2020-07-31",
      "SubscriptionDiscountRateSet 2020-07-05",
    ]);
  });
});
