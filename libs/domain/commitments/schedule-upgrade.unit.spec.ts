import { describe, it } from "vitest";
import { at, customer, customerCreated } from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { assigned, commitment } from "../spec-support/history.js";
import {
  after,
  betterOffer,
  betterTerms,
  dropUpgrade,
  factsOf,
  plainOffer,
  renew,
  type Step,
  terminate,
  told,
  upgrade,
  upgradeUntil,
} from "../spec-support/story.js";
import { commitmentEvolver } from "./commitment.js";
import { type CommitmentUpgraded, type UpgradeScheduled } from "./events.js";

const given = givenFor(commitmentEvolver);
const now = at("2020-07-20");
const today =
  (step: Step, facts = factsOf()) =>
  (state: Parameters<Step>[0]) =>
    step(state, facts, now, "9");
const on = "2020-08-10";

const scheduled = (changes: Partial<UpgradeScheduled["data"]> = {}): UpgradeScheduled => ({
  type: "UpgradeScheduled",
  data: {
    upgradeId: "upgrade-9",
    terms: betterTerms(),
    discountEnd: { kind: "KEEP", default: null },
    orderedOn: "2020-07-20",
    effectiveOn: on,
    ...changes,
  },
});

describe("an upgrade for a coming day", () => {
  it("is scheduled with the terms of now, and keeps the date", () => {
    given(assigned())
      .when(today(upgrade({ effectiveOn: on })))
      .then([scheduled()]);
  });

  it("begins the discount period on its day, by the billing period type known for that day", () => {
    given(assigned())
      .when(today(upgrade({ effectiveOn: on, discountEnd: { kind: "DEFAULT" } })))
      .then([scheduled({ discountEnd: { kind: "DEFAULT", default: "2021-08-10" } })]);
  });

  it("begins one with KEEP too where there is none now", () => {
    given(assigned({ discountEnd: null }))
      .when(today(upgrade({ effectiveOn: on })))
      .then([scheduled({ discountEnd: { kind: "KEEP", default: "2021-08-10" } })]);
  });

  it("begins none for an offer without a discount period", () => {
    const terms = betterTerms(1, {
      name: "Plain",
      discountPeriods: null,
      recurring: betterTerms().recurring.map((row) => ({ ...row, discount: "0.00" })),
    });
    given(assigned())
      .when(today(upgrade({ effectiveOn: on, discountEnd: { kind: "DEFAULT" } }, { offer: plainOffer() })))
      .then([scheduled({ terms, discountEnd: { kind: "DEFAULT", default: null } })]);
  });

  it("can come with the start, and while an upgrade is planned", () => {
    given(assigned({ effectiveOn: on, discountEnd: "2022-08-10" }))
      .when(today(upgrade({ effectiveOn: on })))
      .then([scheduled()]);
    given(...told(assigned(), [["2020-07-10", upgradeUntil("2020-09-30", { then: true })]]))
      .when(today(upgrade({ effectiveOn: on })))
      .then([scheduled({ terms: betterTerms(2) })]);
  });

  it("is one at a time, also where a termination would drop the first", () => {
    const first = told(assigned(), [["2020-07-10", upgrade({ effectiveOn: "2020-07-21" })]]);
    const other = today(upgrade({ effectiveOn: on }));
    given(...first)
      .when(other)
      .thenRejected("UPGRADE_INVALID", "effectiveOn");
    given(
      ...told(assigned(), [
        ["2020-07-10", upgrade({ effectiveOn: on })],
        ["2020-07-11", terminate("2020-07-31")],
      ]),
    )
      .when(other)
      .thenRejected("UPGRADE_INVALID", "effectiveOn");
    // On its day it is made, and the next one can be scheduled.
    given(...first)
      .when((state) => upgrade({ effectiveOn: on })(state, factsOf(), at("2020-07-21"), "9"))
      .then([scheduled({ terms: betterTerms(2), orderedOn: "2020-07-21" })]);
  });

  it.each([
    ["with a date", { kind: "MANUAL", date: "2021-01-01" }, "DISCOUNT_END_INVALID", "discountEnd"],
    [
      "synchronised, whatever with",
      { kind: "SYNCHRONISED", commitmentId: "commitment-1" },
      "DISCOUNT_END_INVALID",
      "discountEnd",
    ],
    ["before the start", { kind: "KEEP" }, "UPGRADE_INVALID", "effectiveOn"],
  ] as const)("is refused %s", (_, discountEnd, code, field) => {
    const start = assigned({ effectiveOn: "2020-08-11", discountEnd: "2022-08-11" });
    given(start)
      .when(today(upgrade({ effectiveOn: on, discountEnd }, { syncTarget: commitment() })))
      .thenRejected(code, field);
  });

  it("is refused where it would end after the last date there is", () => {
    given(assigned())
      .when(
        today(
          upgrade(
            { effectiveOn: on, discountEnd: { kind: "DEFAULT" } },
            { offer: betterOffer({ discountPeriods: 9999 }) },
          ),
        ),
      )
      .thenRejected("DISCOUNT_END_INVALID");
  });

  it("is checked for the day on which it comes", () => {
    const owner = customer(customerCreated({ currency: "EUR" }));
    given(assigned())
      .when(today(upgrade({ effectiveOn: on }), factsOf({ owner })))
      .thenRejected("CURRENCY_MISMATCH", "offerId");
  });
});

describe("an upgrade that is made drops", () => {
  const made = (changes: Partial<CommitmentUpgraded["data"]> = {}): CommitmentUpgraded => ({
    type: "CommitmentUpgraded",
    data: {
      terms: betterTerms(2),
      discountEndChoice: null,
      ended: [],
      discountEndBefore: "2021-03-01",
      discountEndAfter: "2021-03-01",
      effectiveOn: "2020-07-20",
      ...changes,
    },
  });

  it("one that is scheduled, and a renewal that waits", () => {
    given(...told(assigned(), [["2020-07-10", upgrade({ effectiveOn: on })]]))
      .when(today(upgrade()))
      .then([made({ droppedUpgradeIds: ["upgrade-1"] })]);
    given(...told(assigned(), [["2020-07-10", renew()]]))
      .when(today(upgrade()))
      .then([made({ droppedRenewalIds: ["renewal-1"] })]);
  });

  it("none that was ordered after the day to which it is dated back", () => {
    const story = told(assigned(), [["2020-07-10", upgrade({ effectiveOn: on })]]);
    given(...story)
      .when(today(upgrade({ effectiveOn: "2020-07-09" })))
      .then([made({ effectiveOn: "2020-07-09" })]);
    given(...story)
      .when(today(upgrade({ effectiveOn: "2020-07-10" })))
      .then([made({ effectiveOn: "2020-07-10", droppedUpgradeIds: ["upgrade-1"] })]);
  });

  it("none whose day has come: it was made, and nothing from before it can be changed", () => {
    const story = told(assigned(), [["2020-07-10", upgrade({ effectiveOn: "2020-07-15" })]]);
    given(...story)
      .when(today(upgrade()))
      .then([made()]);
    given(...story)
      .when(today(upgrade({ effectiveOn: "2020-07-14" })))
      .thenRejected("CONFLICT", "effectiveOn");
    given(...told(assigned(), [["2020-07-10", upgrade({ effectiveOn: on })]]))
      .when(today(terminate("2020-07-09")))
      .then([
        {
          type: "CommitmentTerminated",
          data: {
            effectiveOn: "2020-07-09",
            discountEnd: "2021-03-01",
            early: true,
            penaltyPreview: "81.45",
            reason: "ORDERED",
          },
        },
      ]);
  });
});

describe("cancelling a scheduled upgrade", () => {
  const story = told(assigned(), [["2020-07-10", upgrade({ effectiveOn: on })]]);
  const cancelled = { type: "ScheduledUpgradeCancelled", data: { upgradeId: "upgrade-1", effectiveOn: on } };

  it("takes back the one that waits, by its day or without", () => {
    given(...story)
      .when(today(dropUpgrade()))
      .then([cancelled]);
    given(...story)
      .when(today(dropUpgrade(on)))
      .then([cancelled]);
  });

  it("is refused for another day, from its day on, and where none waits", () => {
    given(...story)
      .when(today(dropUpgrade("2020-08-11")))
      .thenRejected("NOT_SCHEDULED", "effectiveOn");
    given(...story)
      .when((state) => dropUpgrade()(state, factsOf(), at(on), "9"))
      .thenRejected("NOT_SCHEDULED", "commitmentId");
    given(...story, ...[cancelled as never])
      .when(today(dropUpgrade()))
      .thenRejected("NOT_SCHEDULED", "commitmentId");
    given()
      .when(() => today(dropUpgrade())(after(assigned(), [["2020-07-10", terminate()]])))
      .thenRejected("ALREADY_TERMINATED", "commitmentId");
  });
});
