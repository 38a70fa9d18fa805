import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical-json.js";
import { decode } from "./codec.js";
import { sha256 } from "./content-hash.js";
import { eventTypes } from "./catalogue.js";
import { metadata } from "./spec-support/counter.js";

/*
 * Every version of every event type that was ever written stays readable. `examples/<Type>.v<N>.json` holds the data of
 * one such event as it was stored; `examples/<Type>.v<N>.<what>.json` that of another, for instance with an optional
 * field; `examples/frozen.json` holds the sha-256 of each example, so that none is changed to fit the code. To add one:
 * write the file, then run this spec once with FREEZE_EXAMPLES=1, which adds hashes of new files and never touches those
 * that are there.
 */
const folder = fileURLToPath(new URL("examples/", import.meta.url));
const frozenFile = `${folder}frozen.json`;
const NAME = /^(\w+)\.v(\d+)(\.[a-z-]+)?\.json$/;
const examples = readdirSync(folder).flatMap((file) => {
  const [, type, version, further] = NAME.exec(file) ?? [];
  return type === undefined ? [] : [{ file, type, version: Number(version), first: further === undefined }];
});
const files = examples.map(({ file }) => file);
const dataOf = (file: string): unknown => JSON.parse(readFileSync(folder + file, "utf8"));
/** Of the content, not of the bytes: a formatter may do its work. */
const hashOf = (file: string): string => sha256(canonicalJson(dataOf(file)));

const readFrozen = (): Record<string, string> =>
  existsSync(frozenFile) ? (JSON.parse(readFileSync(frozenFile, "utf8")) as Record<string, string>) : {};

if (process.env["FREEZE_EXAMPLES"] === "1") {
  const added = Object.fromEntries(files.map((file) => [file, hashOf(file)]));
  const all = Object.entries({ ...added, ...readFrozen() }).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(frozenFile, `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`);
}
const frozen = readFrozen();

const versions = Object.entries(eventTypes).flatMap(([type, { version }]) =>
  Array.from({ length: version }, (_, index) => `${type}.v${index + 1}.json`),
);

describe("frozen examples", () => {
  it("exist for every version of every registered type, and for nothing else", () => {
    expect(
      examples
        .filter(({ first }) => first)
        .map(({ file }) => file)
        .sort(),
    ).toEqual(versions.toSorted());
    const named = examples.map(({ type, version }) => `${type}.v${version}.json`);
    expect([...new Set(named)].sort()).toEqual(versions.toSorted());
  });

  it("are exactly as they were frozen", () => {
    expect(Object.fromEntries(files.toSorted().map((file) => [file, hashOf(file)]))).toEqual(frozen);
  });

  it("decode to the current version, for ever", () => {
    for (const { type, version, file } of examples) {
      const event = decode(eventTypes, {
        stream: file,
        revision: 0n,
        position: { commit: 1n, prepare: 1n },
        id: file,
        type,
        data: dataOf(file),
        metadata: metadata({ schemaVersion: version }),
      });
      expect(event.data, file).toBeTypeOf("object");
    }
  });
});
