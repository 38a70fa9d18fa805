import fc from "fast-check";
import { expect, it } from "vitest";
import { pauseOn, statusOn } from "../commitments/commitment.js";
import { suspensionOn } from "../customers/customer.js";
import { daysOf } from "../spec-support/arbitraries.js";
import { history, month } from "../spec-support/history.js";
import { endingLives, lived, owners } from "../spec-support/life.js";
import { charges } from "./charges.js";

const months = fc.integer({ min: 1, max: 12 }).map((number) => month(`2020-${String(number).padStart(2, "0")}`));

it("days charged, paused and suspended are the days held, whatever happens", () => {
  fc.assert(
    fc.property(endingLives, owners, months, (acts, owner, period) => {
      const { last } = lived(acts);
      const lines = charges(history([last], { owner }), period).filter(({ kind }) => kind === "RECURRING");
      const held = daysOf(period).filter((day) => !["PENDING", "TERMINATED"].includes(statusOn(last, day)));
      const free = held.filter((day) => pauseOn(last, day) ?? suspensionOn(owner, day));
      const charged = lines.reduce((sum, { days }) => sum + days, 0);
      expect(charged + free.length).toBe(held.length);
      const shown = lines.flatMap(({ from, until }) => held.filter((day) => from <= day && day <= until));
      expect(shown.sort()).toEqual(held.filter((day) => !free.includes(day)));
    }),
    { numRuns: 300 },
  );
});

it("lines do not depend on the order in which pauses were recorded", () => {
  fc.assert(
    fc.property(endingLives, owners, months, (acts, owner, period) => {
      const { last } = lived(acts);
      const turned = { ...last, pauses: [...last.pauses].reverse() };
      expect(charges(history([turned], { owner }), period)).toEqual(charges(history([last], { owner }), period));
    }),
  );
});
