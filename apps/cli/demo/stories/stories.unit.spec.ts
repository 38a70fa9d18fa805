import { readFileSync } from "node:fs";
import { buildSchema, coerceInputValue, type GraphQLInputType } from "graphql";
import { describe, expect, it } from "vitest";
import { addMonths } from "#domain/calendar.js";
import { type MutationStep, type Value } from "../story.js";
import { stories, TODAY } from "./index.js";

const schema = buildSchema(readFileSync("apps/api/schema.graphql", "utf8"));
const ID = "00000000-0000-4000-8000-000000000000";

const given = stories.flatMap(({ name, steps }) =>
  steps.flatMap((step, index) => ("pays" in step ? [] : [{ story: name, index, step }])),
);

/** A value with some id for each name, and the names. */
const withIds = (value: Value, names: string[]): unknown => {
  const named = (name: string): string => {
    names.push(name);
    return ID;
  };
  if (typeof value === "string") return value.startsWith("$") ? named(value.slice(1)) : value;
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return (value as readonly Value[]).map((item) => withIds(item, names));
  if ("invoiceOf" in value && typeof value["invoiceOf"] === "string") return named(value["invoiceOf"]);
  return Object.fromEntries(Object.entries(value).map(([field, own]) => [field, withIds(own as Value, names)]));
};

const inputType = ({ give }: MutationStep): GraphQLInputType | undefined =>
  schema
    .getMutationType()
    ?.getFields()
    [give]?.args.find(({ name }) => name === "input")?.type;

describe("the stories of the demo", () => {
  it("give mutations as the schema has them", () => {
    const mistakes = given.flatMap(({ story, step }) => {
      const type = inputType(step);
      if (type === undefined) return [`${story}: there is no ${step.give}`];
      const found: string[] = [];
      const input = { ...(withIds(step.input, []) as object), idempotencyKey: "key" };
      coerceInputValue(input, type, (path, _, error) => {
        found.push(`${story}, ${step.give}, ${path.join(".")}: ${error.message}`);
      });
      return found;
    });
    expect(mistakes).toEqual([]);
  });

  it("use names that one step makes, on a day before or earlier in the same story", () => {
    const made = given.filter(({ step }) => step.as !== undefined);
    const names = made.map(({ step }) => step.as);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    const isThere = (name: string, story: string, on: string, index: number): boolean =>
      made.some(({ step, ...maker }) => {
        const isBefore = step.on < on || (maker.story === story && step.on === on && maker.index < index);
        return step.as === name && isBefore;
      });
    const missing = stories.flatMap(({ name: story, steps }) =>
      steps.flatMap((step, index) => {
        const used: string[] = [];
        if ("pays" in step) used.push(step.pays);
        else withIds(step.input, used);
        return used.filter((name) => !isThere(name, story, step.on, index));
      }),
    );
    expect(missing).toEqual([]);
  });

  it("have names of their own, and last two years", () => {
    expect(new Set(stories.map(({ name }) => name)).size).toBe(stories.length);
    const days = stories.flatMap(({ steps }) => steps.map(({ on }) => on)).sort();
    expect(days.at(-1)).toBe(TODAY);
    expect(addMonths(days[0] ?? "", 24) <= TODAY).toBe(true);
  });
});
