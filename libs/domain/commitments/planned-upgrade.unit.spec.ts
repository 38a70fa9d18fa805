import { describe, expect, it } from "vitest";
import { assigned, internet, terms } from "../spec-support/history.js";
import {
  after,
  betterOffer,
  pause,
  resume,
  setEnd,
  told,
  type Told,
  upgrade,
  upgradeUntil,
} from "../spec-support/story.js";
import { discountEndOn } from "./discount-end.js";

/** No discount period; from 2020-08-01 the better offer, with the default end date 2021-08-01. */
const endless = assigned({
  discountEnd: null,
  terms: terms({ discountPeriods: null, recurring: [internet({ discount: "0.00" })] }),
});
const planned: Told[number] = ["2020-07-20", upgradeUntil("2020-07-31", { then: true })];
const shown = (steps: Told, on: string) => discountEndOn(after(endless, steps), on);

describe("the default end date of an upgrade that follows a time-limited one", () => {
  it("holds from its day on", () => {
    expect(shown([planned], "2020-07-31")).toBeNull();
    expect(shown([planned], "2020-08-01")).toBe("2021-08-01");
  });

  it("is moved by pause days from its day on, not by earlier ones, whenever they are recorded", () => {
    expect(shown([["2020-07-10", pause({ until: "2020-08-10" })], planned], "2020-08-05")).toBe("2021-08-11");
    expect(shown([planned, ["2020-07-25", pause({ until: "2020-08-10" })]], "2020-08-05")).toBe("2021-08-11");
    expect(shown([planned, ["2020-07-25", pause({ until: "2020-07-31" })]], "2020-08-05")).toBe("2021-08-01");
    expect(shown([planned, ["2020-07-25", pause()]], "2020-08-05")).toBe("2021-08-06");
  });

  it("gives way to a date that is set on its day", () => {
    expect(shown([planned, ["2020-08-01", setEnd("2020-12-01")]], "2020-08-01")).toBe("2020-12-01");
  });

  it("gives way to an upgrade on its day", () => {
    const end = { kind: "MANUAL", date: "2020-12-01" } as const;
    expect(shown([planned, ["2020-08-01", upgrade({ discountEnd: end })]], "2020-08-01")).toBe("2020-12-01");
  });

  it("is lowered by a pause that is ended as of an earlier day, which is the command's own", () => {
    const month = { offer: betterOffer({ discountPeriods: 1 }) };
    const steps: Told = [
      ["2020-07-20", upgradeUntil("2020-07-31", { then: true, ...month })],
      ["2020-08-30", pause()],
      ["2020-09-25", resume("2020-09-05")],
    ];
    expect(shown(steps.slice(0, 2), "2020-09-25")).toBe("2020-09-27");
    expect(shown(steps, "2020-09-25")).toBe("2020-09-07");
    const { data } = told(endless, steps).at(-1) ?? {};
    expect(data).toMatchObject({ discountEndBefore: "2020-09-27", discountEndAfter: "2020-09-07" });
    expect(data).not.toHaveProperty("discountEndBounds");
  });
});
