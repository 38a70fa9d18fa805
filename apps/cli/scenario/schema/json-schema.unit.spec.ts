import { Ajv } from "ajv";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { jsonSchema } from "./json-schema.js";

const root = new URL("../../../../", import.meta.url);
const isValid = new Ajv().compile(jsonSchema());
const isAccepted = (yaml: string): boolean => isValid(parse(yaml, { schema: "core" }));

const yamlFiles = (folder: string): [file: string, text: string][] =>
  readdirSync(new URL(folder, root))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => [file, readFileSync(new URL(`${folder}${file}`, root), "utf8")]);

describe("the JSON Schema of scenario files", () => {
  it("is the one that is committed (npm run build && node dist/apps/cli/scenario/schema/print.js)", () => {
    expect(JSON.parse(readFileSync(new URL("docs/scenario.schema.json", root), "utf8"))).toEqual(jsonSchema());
  });

  it("accepts every scenario", () => {
    expect(yamlFiles("test/scenarios/").filter(([, text]) => !isAccepted(text))).toEqual([]);
  });

  it("refuses what its shape alone shows to be invalid, and leaves names, order and the calendar to the runner", () => {
    const accepted = yamlFiles("test/scenarios/invalid/").filter(([, text]) => isAccepted(text));
    expect(accepted.map(([file]) => file.replace(".yaml", ""))).toEqual([
      "account-opened-by-a-later-step",
      "anniversary-day-of-calendar-months",
      "anniversary-on-the-32nd",
      "change-of-a-pause-without-a-change",
      "customer-twice",
      "ends-before-the-last-step",
      "name-of-a-rejected-assignment",
      "name-of-a-rejected-item",
      "no-such-day",
      "pause-of-an-offer",
      "reminder-to-odoo",
      "steps-out-of-order",
      "synchronised-with-itself",
      "unknown-customer-in-expect",
      "unknown-subscription",
      "unknown-time-zone",
      "upgrade-to-an-add-on-product",
    ]);
  });
});
