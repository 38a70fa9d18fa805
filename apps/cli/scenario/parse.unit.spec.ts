import { describe, expect, it } from "vitest";
import { parse } from "./parse.js";
import { Problems } from "./validate/source.js";

const problemOf = (text: string): unknown => {
  try {
    parse(text);
    return "parsed";
  } catch (error) {
    if (error instanceof Problems) return error.all[0];
    throw error;
  }
};

const scalars = (text: string) => parse(text).entries.map(({ key, line, value }) => [key, line, value.value]);

describe("parsing a scenario file", () => {
  it("keeps dates as text, and only 1.2's words as other types", () => {
    expect(scalars("on: 2020-08-01\nyes: yes\ntrue: true\nnothing:\nnumber: 1\n2020: a")).toEqual([
      ["on", 1, "2020-08-01"],
      ["yes", 2, "yes"],
      ["true", 3, true],
      ["nothing", 4, null],
      ["number", 5, 1],
      ["2020", 6, "a"],
    ]);
  });

  it("reads JSON", () => {
    expect(scalars('{\n  "scenario": "a",\n  "until": "2020-08-01"\n}')).toEqual([
      ["scenario", 2, "a"],
      ["until", 3, "2020-08-01"],
    ]);
  });

  it("reads an alias as what it stands for, on the line where it stands", () => {
    expect(scalars("a: &one x\nb: *one")).toEqual([
      ["a", 1, "x"],
      ["b", 2, "x"],
    ]);
  });

  it.each([
    ["", 1, "a scenario file is a mapping of keys to values"],
    ["- a", 1, "a scenario file is a mapping of keys to values"],
    ["a: 1\na: 2", 2, "Map keys must be unique"],
    ["a: 1\nb: [1, 2", 2, "Flow sequence in block collection must be sufficiently indented and end with a ]"],
    ["a: 1\n---\nb: 2", 2, "Source contains multiple documents"],
    ["a: 1\nb: !thing x", 2, "Unresolved tag: !thing"],
    ["a: *nobody", 1, "nothing is called &nobody"],
    ["a:\n\t- 1", 2, "Tabs are not allowed as indentation"],
  ])("refuses %j with line and reason", (text, line, reason) => {
    expect(problemOf(text)).toEqual({ line, reason });
  });
});
