import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { isPlayable, playable, type ScenarioFile, unfulfilled } from "./expectations.js";
import { runNaive } from "./run.js";

const folder = fileURLToPath(new URL("../../scenarios/", import.meta.url));

const files = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => ({ name, file: parse(readFileSync(folder + name, "utf8"), { schema: "core" }) as ScenarioFile }));

describe("the scenario files, played by the model", () => {
  it.each(files.filter(({ file }) => isPlayable(file)))("$name", ({ file }) => {
    const story = playable(file);
    expect(unfulfilled(story, runNaive(story))).toEqual([]);
  });

  it("leaves few of them out", () => {
    const left = files.filter(({ file }) => !isPlayable(file)).map(({ name }) => name);
    expect(left.length).toBeLessThan(files.length / 4);
  });
});
