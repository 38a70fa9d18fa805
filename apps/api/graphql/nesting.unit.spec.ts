import { describe, expect, it } from "vitest";
import { isShallow, MAX_NESTING } from "./nesting.js";

const nested = (levels: number): string => "{ a ".repeat(levels) + "}".repeat(levels);

describe("the nesting of a document", () => {
  it.each([
    ["as deep as allowed", nested(MAX_NESTING), true],
    ["deeper", nested(MAX_NESTING + 1), false],
    ["10,000 levels", nested(10_000), false],
    ["lists in lists", `{ a(b: ${"[".repeat(4_000)}`, false],
    ["closing brackets in text do not count", `{ a(b: "${"}".repeat(500)}") ${nested(MAX_NESTING)} }`, false],
    ["opening brackets in text and comments do not count", `{ a(b: "${"{".repeat(500)}") } # ${"{".repeat(500)}`, true],
    ["many brackets side by side", "{ a { b } } ".repeat(200), true],
    ["no document", `"${"{".repeat(500)}`, true],
  ])("%s", (_, text, shallow) => {
    expect(isShallow(text)).toBe(shallow);
  });
});
