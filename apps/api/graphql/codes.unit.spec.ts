import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { codeMeanings, codesPage, isErrorCode } from "./codes.js";

describe("the codes", () => {
  it("are in the page that is committed (npm run build && node dist/apps/api/print-codes.js)", async () => {
    expect(await readFile(new URL("../../../docs/codes.md", import.meta.url), "utf8")).toBe(codesPage());
  });

  it("each mean something of their own, in a sentence", () => {
    const meanings = Object.values(codeMeanings);
    expect(new Set(meanings).size).toBe(meanings.length);
    expect(meanings.filter((meaning) => !/^[A-Z].*\.$/.test(meaning))).toEqual([]);
  });

  it("are told from other texts", () => {
    expect(["CONFLICT", "INTERNAL", "NOPE", "toString", 1, undefined].filter(isErrorCode)).toEqual([
      "CONFLICT",
      "INTERNAL",
    ]);
  });
});
