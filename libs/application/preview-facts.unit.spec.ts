import { describe, expect, it } from "vitest";
import { type LocalDate } from "#domain/calendar.js";
import { type FactSource } from "./command/facts.js";
import { sharingBillings } from "./preview-facts.js";

/** Facts that note what billing they are asked for. */
const noting = (closedTo: LocalDate | null) => {
  const asked: (string | null | undefined)[][] = [];
  const facts = {
    billing: (...call: [string, string, LocalDate | null]) => {
      asked.push(call);
      return Promise.resolve({ closedTo });
    },
    secret: "shown",
    told() {
      return this.secret;
    },
  };
  return { asked, facts: sharingBillings(facts as unknown as FactSource) };
};

describe("facts of a preview", () => {
  it("load a customer's billing once, for itself and for days of no closed period", async () => {
    const { asked, facts } = noting("2020-08-01");
    const billing = await facts.billing("p", "c");
    expect(await facts.billing("p", "c", "2020-08-01")).toBe(billing);
    expect(await facts.billing("p", "c", null)).toBe(billing);
    expect(await facts.billing("p", "c", "2020-07-31")).not.toBe(billing);
    await facts.billing("p", "d");
    expect(asked).toEqual([
      ["p", "c", null],
      ["p", "c", "2020-07-31"],
      ["p", "d", null],
    ]);
  });

  it("take nothing for all that was loaded from a day on", async () => {
    const { asked, facts } = noting(null);
    await facts.billing("p", "c", "2020-07-01");
    await facts.billing("p", "c");
    expect(asked).toHaveLength(2);
  });

  it("are the others otherwise", () => {
    const { facts } = noting(null);
    expect((facts as unknown as { told(): string }).told()).toBe("shown");
  });
});
