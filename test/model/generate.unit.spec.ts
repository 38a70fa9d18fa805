import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { differences } from "./compare.js";
import { generateStory } from "./generate.js";
import { closeEnded } from "./naive/close.js";
import { type ScenarioFile, unfulfilled } from "./naive/expectations.js";
import { advance, createWorld, observe, play, runNaive } from "./naive/run.js";
import { type Story, toScenarioFile } from "./story.js";

const stories = Array.from({ length: 120 }, (_, i) => generateStory(i + 1));

/** Not what `runNaive` answers: what the whole history says of every period that was closed before. */
function chargedAgain(story: Story) {
  const world = createWorld(story);
  const steps = story.steps.map((step) => play(world, step));
  advance(world, story.until);
  world.invoices = [];
  for (const customer of world.customers) Object.assign(customer, { closedUntil: customer.createdOn, balance: 0n });
  for (const c of world.commitments) c.given.clear();
  closeEnded(world);
  return { steps, ...observe(world) };
}

describe("generated stories", () => {
  it("are the same for the same seed", () => {
    expect(generateStory(7)).toEqual(generateStory(7));
    expect(generateStory(7)).not.toEqual(generateStory(8));
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
    expect(refused.length / codes.length).toBeGreaterThan(0.12);
    expect(refused.length / codes.length).toBeLessThan(0.25);
    expect(new Set(refused).size).toBeGreaterThan(18);
  });

  it("use every command of the model", () => {
    const accepted = new Set(
      stories.flatMap((story) => {
        const { steps } = runNaive(story);
        return story.steps.filter((_, i) => steps[i] === null).map((step) => Object.keys(step)[1]);
      }),
    );
    // All members of `Step`, the bare clock step among them.
    expect(accepted.size).toBe(25);
  });

  it("never change a closed period", () => {
    for (const story of stories) expect(differences(runNaive(story), chargedAgain(story), story)).toEqual([]);
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
      commitments: [],
      customers: [{ customer: "Ona", status: "ACTIVE" as const, balanceDue: "0.00" }],
    };
    const observed = { ...expected, steps: [null, null], customers: [] };
    expect(differences(expected, observed)).toEqual([
      "step 2: expected PAUSE_INVALID, observed accepted",
      "- customer: Ona ACTIVE 0.00",
    ]);
  });
});
