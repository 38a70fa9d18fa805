import { z } from "zod";
import { catalog } from "./catalog.js";
import { customer } from "./customers.js";
import { expectations } from "./expect.js";
import { KINDS, moveClock } from "./steps.js";
import { date, listOf, mapping, text, timeZone } from "./values.js";

const fileWith = <Step extends z.ZodType>(step: Step) =>
  mapping({
    scenario: text.describe("A title"),
    timeZone: timeZone.optional().describe("The customers' time zone where they name none; default UTC"),
    catalog: catalog.optional(),
    customers: listOf(customer).default([]),
    steps: listOf(step).default([]).describe("In order of time"),
    until: date.describe("Where the clock ends: this day is the last one"),
    expect: expectations.optional().describe("What must come out; a key that is absent is not checked"),
  });

/**
 * A scenario file without its steps: each step is read by the schema of its kind, so that its own mistakes are
 * reported.
 */
export const scenarioFile = fileWith(z.unknown());

/** A whole scenario file, for its JSON Schema. */
export const wholeScenarioFile = fileWith(z.union([...Object.values(KINDS), moveClock]));
