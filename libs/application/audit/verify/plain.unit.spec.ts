import { expect, it } from "vitest";
import { type Json } from "../job.js";
import { fromPlain, toPlain } from "./plain.js";

it("what is remembered is the same again, through JSON", () => {
  const log = {
    ...{ sequence: 12n, none: null, done: 3, isRewritten: false, chain: { logHash: "h" } },
    streams: new Map([["a", { revision: -1n, gaps: [[0n, 2n]], unreadable: new Set([5n]) }]]),
    // Data of events: names and lists of any kind.
    unlinked: new Map([["a@1", { data: { $map: ["map", ["bigint", "1"]], "": [] }, metadata: { list: ["set"] } }]]),
    empty: { map: new Map(), set: new Set(), list: [] },
  };
  expect(fromPlain(JSON.parse(JSON.stringify(toPlain(log))) as Json)).toEqual(log);
});

it("what is undefined is left out", () => {
  expect(fromPlain(toPlain({ left: undefined, kept: 0 }))).toEqual({ kept: 0 });
});
