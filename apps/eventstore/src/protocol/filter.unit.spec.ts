import { expect, it } from "vitest";
import { encodeRow } from "../log/row.js";
import { compileFilter, compileStoredFilter, type FilterSpec } from "./filter.js";

const row = (stream: string, type = "t"): Buffer => {
  const event = { id: Buffer.alloc(16), type, contentType: "", metadata: new Uint8Array(), data: new Uint8Array() };
  return encodeRow(event, { stream: Buffer.from(stream), streamNumber: 1, revision: 0, position: 1, created: 0 });
};

const spec = (more: Partial<FilterSpec>): FilterSpec => ({
  on: "stream",
  prefixes: [],
  regex: "",
  checkpointInterval: 1,
  ...more,
});

it("matches nothing when it has neither prefixes nor an expression", () => {
  expect(compileFilter(spec({})).matches(row("a"))).toBe(false);
});

it("looks at the stream's name or at the event's type", () => {
  const both = (["stream", "type"] as const).map((on) => compileFilter(spec({ on, prefixes: ["a"] })));
  expect(both.map((filter) => [filter.matches(row("ab", "c")), filter.matches(row("c", "ab"))])).toEqual([
    [true, false],
    [false, true],
  ]);
});

it("refuses an expression that it cannot translate, except one that a group was made with before", () => {
  const old = spec({ regex: "^(a)\\1$" });
  expect(() => compileFilter(old)).toThrow(
    "the filter's regular expression ^(a)\\1$ cannot be used: \\1 is not supported",
  );
  const filter = compileStoredFilter(old);
  expect([filter.matches(row("aa")), filter.matches(row("ab"))]).toEqual([true, false]);
});
