import { describe, expect, it } from "vitest";
import { offer, offerDefined } from "../spec-support/examples.js";
import { assigned, internet, terms } from "../spec-support/history.js";
import {
  after,
  annul,
  betterOffer,
  dropRenewal,
  dropUpgrade,
  keepOn,
  pause,
  renew,
  terminate,
  type Told,
  upgrade,
  upgradeUntil,
} from "../spec-support/story.js";
import { discountEndOn, discountSettingOn } from "./discount-end.js";
import { flagsOn, scheduledUpgradeOn, timeLimitedUpgradesOn, waitingRenewalOn } from "./on-day.js";
import { addOnOn, heldTerms, heldTermsOn, upgradeOn } from "./terms.js";

const start = assigned({ effectiveOn: "2020-07-01", discountEnd: "2022-07-01" });
const held = (steps: Told, from = start) => after(from, steps);
/** First days and rows of the terms in force. */
const told = (steps: Told, from = start) =>
  heldTerms(held(steps, from))
    .filter((each) => each.from !== each.to)
    .map((each) => `${each.from} ${each.terms.recurring.map(({ rowId }) => rowId).join(" ")}`);

const first = "2020-07-01 recurring-1";
const renewal = "2020-08-01 renewal-1-recurring-1";
const later = (effectiveOn: string) => upgrade({ effectiveOn });

describe("terms that come by themselves", () => {
  it("are in force from their day on", () => {
    expect(told([["2020-07-10", renew()]])).toEqual([first, renewal]);
    expect(told([["2020-07-10", later("2020-07-20")]])).toEqual([first, "2020-07-20 upgrade-1-recurring-1"]);
  });

  it("are not, once they were cancelled", () => {
    expect(
      told([
        ["2020-07-10", renew()],
        ["2020-07-11", dropRenewal()],
      ]),
    ).toEqual([first]);
    expect(
      told([
        ["2020-07-10", later("2020-07-20")],
        ["2020-07-11", dropUpgrade()],
      ]),
    ).toEqual([first]);
  });

  it("are dropped by a termination before their day, and restored when it is cancelled", () => {
    for (const [step, row] of [
      [renew(), renewal],
      [later("2020-08-01"), "2020-08-01 upgrade-1-recurring-1"],
    ] as const) {
      const ended: Told = [
        ["2020-07-10", step],
        ["2020-07-11", terminate("2020-07-31")],
      ];
      expect(told(ended)).toEqual([first]);
      expect(told([...ended, ["2020-07-12", keepOn]])).toEqual([first, row]);
      expect(
        told([
          ["2020-07-10", step],
          ["2020-07-11", terminate("2020-08-01")],
        ]),
      ).toEqual([first, row]);
    }
  });

  it("are dropped by an annulment", () => {
    expect(
      told([
        ["2020-07-10", renew()],
        ["2020-07-11", annul()],
      ]),
    ).toEqual([first]);
  });

  it("are dropped by an upgrade that is made before their day", () => {
    const made = "2020-07-12 upgrade-2-recurring-1";
    expect(
      told([
        ["2020-07-10", renew()],
        ["2020-07-12", upgrade()],
      ]),
    ).toEqual([first, made]);
    expect(
      told([
        ["2020-07-10", later("2020-07-20")],
        ["2020-07-12", upgrade()],
      ]),
    ).toEqual([first, made]);
  });

  it("stay where the upgrade is made on their day or after", () => {
    const story: Told = [["2020-07-10", later("2020-07-20")]];
    expect(told([...story, ["2020-07-21", upgrade()]])).toEqual([
      first,
      "2020-07-20 upgrade-1-recurring-1",
      "2020-07-21 upgrade-2-recurring-1",
    ]);
    // On its day it is in force on no day, but its one-time fees are charged.
    expect(heldTerms(held([...story, ["2020-07-20", upgrade()]])).map(({ from, to }) => [from, to])).toEqual([
      ["2020-07-01", "2020-07-20"],
      ["2020-07-20", "2020-07-20"],
      ["2020-07-20", null],
    ]);
  });
});

describe("a renewal and a scheduled upgrade", () => {
  it("both come where the renewal comes first", () => {
    const expected = [first, renewal, "2020-08-10 upgrade-2-recurring-1"];
    expect(
      told([
        ["2020-07-10", renew()],
        ["2020-07-11", later("2020-08-10")],
      ]),
    ).toEqual(expected);
    expect(
      told([
        ["2020-07-10", later("2020-08-10")],
        ["2020-07-11", renew()],
      ]),
    ).toEqual([first, "2020-08-01 renewal-2-recurring-1", "2020-08-10 upgrade-1-recurring-1"]);
  });

  it("drop the renewal where the upgrade comes before it or on its day, in whichever order they were recorded", () => {
    for (const day of ["2020-07-20", "2020-08-01"]) {
      expect(
        told([
          ["2020-07-10", renew()],
          ["2020-07-11", later(day)],
        ]),
      ).toEqual([first, `${day} upgrade-2-recurring-1`]);
      expect(
        told([
          ["2020-07-10", later(day)],
          ["2020-07-11", renew()],
        ]),
      ).toEqual([first, `${day} upgrade-1-recurring-1`]);
    }
  });

  it("leave the renewal where the upgrade is cancelled or dropped", () => {
    expect(
      told([
        ["2020-07-10", renew()],
        ["2020-07-11", later("2020-07-20")],
        ["2020-07-12", dropUpgrade()],
      ]),
    ).toEqual([first, renewal]);
  });

  it("leave a renewal that is ordered once the upgrade has come", () => {
    expect(
      told([
        ["2020-07-10", later("2020-07-20")],
        ["2020-07-20", renew()],
      ]),
    ).toEqual([first, "2020-07-20 upgrade-1-recurring-1", "2020-08-01 renewal-2-recurring-1"]);
  });
});

describe("a planned upgrade after a time-limited one", () => {
  const planned = (until: string, day = "2020-07-05"): Told => [[day, upgradeUntil(until, { then: true })]];

  it("comes before a scheduled one, and is dropped by one that comes before it or on its day", () => {
    expect(told([...planned("2020-07-19"), ["2020-07-10", later("2020-07-25")]])).toEqual([
      first,
      "2020-07-20 upgrade-1-recurring-1",
      "2020-07-25 upgrade-2-recurring-1",
    ]);
    for (const until of ["2020-07-24", "2020-07-31"]) {
      const story: Told = [...planned(until), ["2020-07-10", later("2020-07-25")]];
      expect(told(story)).toEqual([first, "2020-07-25 upgrade-2-recurring-1"]);
      const [running] = timeLimitedUpgradesOn(held(story), "2020-07-10");
      expect([running?.until, running?.thenUpgradeTo]).toEqual(["2020-07-24", null]);
      expect(told([...story, ["2020-07-11", dropUpgrade()]])).toHaveLength(2);
    }
  });

  it("stays where it is ordered on the day of the scheduled one or after", () => {
    const story: Told = [
      ["2020-07-10", later("2020-07-25")],
      ["2020-07-25", upgradeUntil("2020-07-31", { then: true, addOnProduct: addOn3 })],
    ];
    expect(told(story)).toEqual([first, "2020-07-25 upgrade-1-recurring-1", "2020-08-01 upgrade-2-recurring-1"]);
  });

  it("drops a renewal that comes with it or after it", () => {
    const planned31 = planned("2020-07-31");
    expect(told([["2020-07-03", renew()], ...planned31])).toEqual([first, "2020-08-01 upgrade-2-recurring-1"]);
    expect(told([["2020-07-03", renew()], ...planned("2020-07-19")])).toEqual([
      first,
      "2020-07-20 upgrade-2-recurring-1",
    ]);
  });

  it("goes on over a renewal in which its row is still there, and ends with one in which it is gone", () => {
    const two = assigned({
      ...start.data,
      terms: terms({ recurring: [internet({ addOnProductId: null }), internet({ rowId: "recurring-2" })] }),
    });
    const sold = (rows: number) => {
      const [row] = offerDefined().data.recurringFees;
      if (!row) throw new Error("the offer has a row");
      return {
        offers: new Map([["offer-1", offer(offerDefined({ recurringFees: Array<typeof row>(rows).fill(row) }))]]),
      };
    };
    const running = (rows: number) =>
      held(
        [
          ["2020-07-05", upgradeUntil("2020-08-14", { then: true })],
          ["2020-07-06", renew(sold(rows))],
        ],
        two,
      );

    const kept = running(2);
    expect(heldTerms(kept).map(({ from, terms: { name } }) => `${from} ${name}`)).toEqual([
      "2020-07-01 Turbo 24",
      "2020-08-01 Turbo 24",
      "2020-08-15 Turbo Max",
    ]);
    expect(timeLimitedUpgradesOn(kept, "2020-08-05")).toEqual([
      {
        rowId: "renewal-2-recurring-2",
        addOnProductId: "add-on-2",
        from: "2020-07-05",
        until: "2020-08-14",
        running: true,
        thenUpgradeTo: expect.objectContaining({ name: "Turbo Max" }) as object,
        eventId: "event-2",
      },
    ]);
    const [, second] = heldTermsOn(kept, "2020-08-05").terms.recurring;
    if (!second) throw new Error("there are two rows");
    expect(addOnOn(kept, second, "2020-08-14")).toBe("add-on-2");
    expect(upgradeOn(kept, "renewal-2-recurring-1", "2020-08-05")).toBeUndefined();

    const gone = running(1);
    expect(heldTerms(gone).map(({ from, terms: { name } }) => `${from} ${name}`)).toEqual([
      "2020-07-01 Turbo 24",
      "2020-08-01 Turbo 24",
    ]);
    expect(timeLimitedUpgradesOn(gone, "2020-07-10")).toEqual([
      {
        rowId: "recurring-2",
        addOnProductId: "add-on-2",
        from: "2020-07-05",
        until: "2020-07-31",
        running: true,
        thenUpgradeTo: null,
        eventId: "event-2",
      },
    ]);
  });
});

const addOn3 = { addOnProductId: "add-on-3", name: "3", service: "Internet", quota: null, volumeDiscountPlanId: null };

describe("the discount end date of a scheduled upgrade", () => {
  const anew = upgrade({ effectiveOn: "2020-08-10", discountEnd: { kind: "DEFAULT" } });

  it("is that of before until its day, and the default term from then on", () => {
    const scheduled = held([["2020-07-10", anew]]);
    expect([discountEndOn(scheduled, "2020-08-09"), discountEndOn(scheduled, "2020-08-10")]).toEqual([
      "2022-07-01",
      "2021-08-10",
    ]);
  });

  it("is moved by the days of pauses from its day on", () => {
    const paused = held([
      ["2020-07-10", anew],
      ["2020-07-11", pause({ from: "2020-08-01", until: "2020-08-20" })],
    ]);
    expect([discountEndOn(paused, "2020-08-09"), discountEndOn(paused, "2020-08-10")]).toEqual([
      "2022-07-21",
      "2021-08-21",
    ]);
  });

  it("begins with KEEP only where there is none on its day", () => {
    const none = assigned({ ...start.data, discountEnd: null, terms: terms({ discountPeriods: null }) });
    const kept = upgrade({ effectiveOn: "2020-08-10" });
    expect(discountEndOn(held([["2020-07-10", kept]], none), "2020-08-10")).toBe("2021-08-10");
    const planned: Told = [
      ["2020-07-05", upgradeUntil("2020-07-31", { then: true })],
      ["2020-07-10", kept],
    ];
    expect(discountEndOn(held(planned, none), "2020-08-10")).toBe("2021-08-01");
    expect(discountSettingOn(held(planned), "2020-08-10").end).toBe("2022-07-01");
  });

  it("goes with the upgrade where that is dropped or cancelled", () => {
    for (const step of [terminate("2020-08-09"), dropUpgrade(), upgrade()]) {
      expect(
        discountEndOn(
          held([
            ["2020-07-10", anew],
            ["2020-07-11", step],
          ]),
          "2020-08-10",
        ),
      ).toBe("2022-07-01");
    }
  });
});

describe("what readers see of terms to come", () => {
  it("is there until its day", () => {
    const both = held([
      ["2020-07-10", renew()],
      ["2020-07-10", later("2020-08-10")],
    ]);
    const flags = (day: string) => {
      const { renewalWaiting, upgradeScheduled } = flagsOn(both, day);
      return [renewalWaiting, upgradeScheduled];
    };
    expect([flags("2020-07-31"), flags("2020-08-01"), flags("2020-08-10")]).toEqual([
      [true, true],
      [false, true],
      [false, false],
    ]);
    expect(waitingRenewalOn(both, "2020-07-31")).toMatchObject({ from: "2020-08-01", orderedOn: "2020-07-10" });
    expect(scheduledUpgradeOn(both, "2020-08-09")).toMatchObject({
      from: "2020-08-10",
      terms: { name: betterOffer().name },
    });
    expect(scheduledUpgradeOn(both, "2020-08-10")).toBeNull();
  });

  it("is not there where something that comes before drops it", () => {
    const dropped = held([
      ["2020-07-10", renew()],
      ["2020-07-10", later("2020-07-20")],
      ["2020-07-11", terminate("2020-07-15")],
    ]);
    expect([waitingRenewalOn(dropped, "2020-07-11"), scheduledUpgradeOn(dropped, "2020-07-11")]).toEqual([null, null]);
  });
});
