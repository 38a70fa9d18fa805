import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { differences } from "./compare.js";
import { ENGINE, LAWFUL } from "./generate/capabilities.js";
import { generateStory, tellStory } from "./generate.js";
import { type ScenarioFile, unfulfilled } from "./naive/expectations.js";
import { correctionsOf } from "./naive/corrections.js";
import { runNaive } from "./naive/run.js";
import { played, totals, totalsNow } from "./naive/totals.js";
import { toScenarioFile } from "./story.js";

const stories = Array.from({ length: 120 }, (_, i) => generateStory(i + 1));

describe("generated stories", () => {
  it("are the same for the same seed", () => {
    expect(generateStory(7)).toEqual(generateStory(7));
    expect(generateStory(7)).not.toEqual(generateStory(8));
  });

  it("come to what the model says when it plays them from the beginning", () => {
    for (const has of [ENGINE, LAWFUL]) {
      for (let seed = 1; seed <= 60; seed++) {
        const { story, outcome } = tellStory(seed, has);
        expect(outcome).toEqual(runNaive(story));
      }
    }
  });

  it("are in order of time", () => {
    for (const { steps, until } of stories) {
      const days = [...steps.map(({ on }) => on), until];
      expect(days).toEqual([...days].sort());
    }
  });

  it("are refused now and then", () => {
    const codes = stories.flatMap((story) => runNaive(story).steps);
    const refused = codes.filter((code) => code !== null);
    expect(refused.length / codes.length).toBeGreaterThan(0.1);
    expect(refused.length / codes.length).toBeLessThan(0.25);
    expect(new Set(refused).size).toBeGreaterThan(18);
  });

  it("use every command of the model", () => {
    const more = Array.from({ length: 180 }, (_, i) => generateStory(stories.length + i + 1));
    const accepted = new Set(
      [...stories, ...more].flatMap((story) => {
        const { steps } = runNaive(story);
        return story.steps.filter((_, i) => steps[i] === null).map((step) => Object.keys(step)[1]);
      }),
    );
    // All members of `Step`, the bare clock step among them.
    expect(accepted.size).toBe(50);
  });

  it("have nothing left to correct once everything is closed, and have billed what the history comes to", () => {
    for (const story of stories) {
      const world = played(story);
      const left = world.customers.flatMap((customer) =>
        customer.receivables.periods.flatMap((period) => correctionsOf(world, customer, period).charges),
      );
      expect(left).toEqual([]);
      expect(totals(world)).toEqual(totalsNow(world));
    }
  });

  it("are valid scenario files that expect their own outcome", () => {
    for (const story of stories.slice(0, 12)) {
      const outcome = runNaive(story);
      const file = parse(toScenarioFile(story, outcome), { schema: "core" }) as ScenarioFile;
      expect(unfulfilled(file, runNaive(file))).toEqual([]);
    }
  });
});

describe("differences", () => {
  it("are none between equal outcomes, in whatever order their lines come", () => {
    const outcome = runNaive(stories[0] ?? generateStory(1));
    const turned = {
      ...outcome,
      invoices: outcome.invoices.map((invoice) => ({ ...invoice, lines: [...invoice.lines].reverse() })),
    };
    expect(differences(outcome, turned)).toEqual([]);
  });

  it("name what is missing, what is too much and which step", () => {
    const expected = {
      steps: [null, "PAUSE_INVALID"],
      invoices: [],
      creditNotes: [],
      commitments: [],
      customers: [{ customer: "Ona", status: "ACTIVE" as const, balanceDue: "0.00" }],
      statements: [],
      outbound: [],
      calls: [],
    };
    const observed = { ...expected, steps: [null, null], customers: [] };
    expect(differences(expected, observed)).toEqual([
      "step 2: expected PAUSE_INVALID, observed accepted",
      "- customer: Ona ACTIVE 0.00",
    ]);
  });
});
