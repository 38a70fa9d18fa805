import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { limitOf, type SliceArguments, sliceOf, walkOf, windowOf } from "./window.js";

const ORDER = "KEY ASC";
const placeOf = (key: number) => ({ key: String(key), unique: "" });

/** A slice of the numbers below `length`, as a read model answers it. */
const sliceOfNumbers = (length: number, asked: SliceArguments) => {
  const window = windowOf(asked, ORDER);
  const { after, before } = window;
  const all = Array.from({ length }, (_, key) => key);
  const between = all.filter(
    (key) => (after === null || key > Number(after.key)) && (before === null || key < Number(before.key)),
  );
  const walked = walkOf(window, "ASC") === "ASC" ? between : between.reverse();
  const found = walked.slice(0, limitOf(window)).map((row) => ({ row, place: placeOf(row) }));
  return sliceOf(window, found, {
    exists: (argument) =>
      Promise.resolve(
        all.some((key) =>
          argument === "after" ? key <= Number(after?.key ?? -1) : key >= Number(before?.key ?? length),
        ),
      ),
    count: () => Promise.resolve(length),
  });
};

const cursors = (length: number) => sliceOfNumbers(length, { first: length }).cursors;

/** The algorithm of Relay's Cursor Connections Specification, word by word. */
const relay = (length: number, { first, last, after, before }: SliceArguments) => {
  const all = cursors(length);
  let edges = all.map((cursor, node) => ({ cursor, node }));
  if (after != null) edges = edges.slice(edges.findIndex(({ cursor }) => cursor === after) + 1);
  if (before != null && edges.some(({ cursor }) => cursor === before)) {
    edges = edges.slice(
      0,
      edges.findIndex(({ cursor }) => cursor === before),
    );
  } else if (before != null) edges = [];
  const { length: between } = edges;
  if (first != null) edges = edges.slice(0, first);
  if (last != null) edges = edges.slice(Math.max(0, edges.length - last));
  return {
    rows: edges.map(({ node }) => node),
    hasPreviousPage: last != null ? between > last : after != null,
    hasNextPage: first != null ? between > first : before != null,
  };
};

const asked = fc
  .record({ length: fc.integer({ min: 1, max: 12 }), size: fc.integer({ min: 0, max: 14 }), backward: fc.boolean() })
  .chain(({ length, size, backward }) => {
    const cursor = fc.option(fc.constantFrom(...cursors(length)));
    return fc.record({
      length: fc.constant(length),
      asked: fc.record({
        first: fc.constant(backward ? null : size),
        last: fc.constant(backward ? size : null),
        after: cursor,
        before: cursor,
      }),
    });
  });

const refusalOf = (given: SliceArguments): unknown => {
  try {
    return windowOf(given, ORDER);
  } catch (error) {
    return error;
  }
};

describe("a slice", () => {
  it("is the one that Relay's specification says", async () => {
    await fc.assert(
      fc.asyncProperty(asked, async ({ length, asked: given }) => {
        const slice = sliceOfNumbers(length, given);
        expect({
          rows: slice.rows,
          hasPreviousPage: await slice.hasPreviousPage(),
          hasNextPage: await slice.hasNextPage(),
        }).toEqual(relay(length, given));
        expect(await slice.totalCount()).toBe(length);
        expect([slice.startCursor, slice.endCursor]).toEqual([slice.cursors[0] ?? null, slice.cursors.at(-1) ?? null]);
      }),
      { numRuns: 1000 },
    );
  });

  it("has 50 rows unless told otherwise: the first, or the last ones before a cursor", () => {
    expect(sliceOfNumbers(60, {}).rows).toEqual(Array.from({ length: 50 }, (_, key) => key));
    const [before] = cursors(60).slice(-5);
    expect(sliceOfNumbers(60, { before }).rows).toEqual(Array.from({ length: 50 }, (_, key) => key + 5));
    expect(sliceOfNumbers(60, { before, after: cursors(60)[1] }).rows[0]).toBe(2);
  });

  it("looks up nothing that nobody asks for", () => {
    const window = windowOf({ after: cursors(1)[0] }, ORDER);
    const refuse = () => Promise.reject(new Error("asked"));
    expect(sliceOf(window, [], { exists: refuse, count: refuse }).rows).toEqual([]);
  });

  it("counts what it found where that is all", async () => {
    const refuse = () => Promise.reject(new Error("asked"));
    const found = [1, 2].map((row) => ({ row, place: placeOf(row) }));
    const counted = (size: number) =>
      sliceOf(windowOf({ first: size }, ORDER), found, { exists: refuse, count: refuse }).totalCount();
    expect(await counted(2)).toBe(2);
    await expect(counted(1)).rejects.toThrow("asked");
  });

  it.each<[SliceArguments, string]>([
    [{ first: 1, last: 1 }, "last"],
    [{ first: -1 }, "first"],
    [{ last: -1 }, "last"],
    [{ first: 201 }, "first"],
    [{ last: 0.5 }, "last"],
    [{ after: "x" }, "after"],
    [{ before: "x" }, "before"],
    [{ before: `${cursors(1)[0] ?? ""}x` }, "before"],
  ])("is refused for %j", (given, field) => {
    expect(refusalOf(given)).toMatchObject({ code: "VALIDATION_FAILED", field });
  });
});
