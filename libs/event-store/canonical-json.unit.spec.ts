import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assertJson, canonicalJson } from "./canonical-json.js";

describe("canonical JSON", () => {
  it("does not depend on the order of keys", () => {
    expect(canonicalJson({ b: [1, { d: null, c: "x" }], a: true })).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
  });

  it("means the same as JSON.stringify, and survives storing and reading back", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(JSON.stringify(value)))).toBe(text);
      }),
    );
  });

  it("is byte for byte what the reference implementation of RFC 8785 writes", () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.integer(),
        fc.maxSafeInteger(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(text, fc.option(tie("value"), { nil: undefined }), { maxKeys: 6 }),
      ),
    }));
    fc.assert(
      fc.property(value, (given) => {
        expect(canonicalJson(given)).toBe(canonicalize(given));
      }),
      { numRuns: 1_000 },
    );
  });

  it("writes the RFC's own example as the RFC does", () => {
    const given = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/",
      literals: [null, true, false],
    };
    expect(canonicalJson(given)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    const keys = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 };
    expect(Object.values(JSON.parse(canonicalJson(keys)) as object)).toEqual([4, 2, 6, 7, 1, 5, 3]);
  });

  it("keeps a lone surrogate, which the RFC refuses, as it is stored", () => {
    expect(canonicalJson({ a: "\ud800" })).toBe('{"a":"\\ud800"}');
    expect(() => canonicalize({ a: "\ud800" })).toThrow("Lone surrogate");
  });

  it("leaves out absent members and asks toJSON, as storing does", () => {
    expect(canonicalJson({ a: undefined, at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
  });

  it.each([
    ["a bigint", { a: { b: 1n } }, /bigint at \.a\.b/],
    ["NaN", [Number.NaN], /NaN at \[0\]/],
    ["a gap", [undefined], /undefined at \[0\]/],
    ["a function", { f: () => 1 }, /function at \.f/],
    ["nothing", undefined, /undefined/],
  ])("refuses %s", (_, value, message) => {
    expect(() => canonicalJson(value)).toThrow(message);
    expect(() => {
      assertJson(value);
    }).toThrow(message);
  });

  it("is refused by the check alone where it is refused when it is written", () => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.constantFrom<unknown>(undefined, 1n, NaN, Infinity, () => 1, Symbol("s"), new Date(0), new Date(NaN)),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie("value"), { maxKeys: 4 }),
      ),
    }));
    const isRefused = (act: (given: unknown) => unknown, given: unknown): boolean => {
      try {
        act(given);
        return false;
      } catch {
        return true;
      }
    };
    fc.assert(
      fc.property(value, (given) => {
        expect(isRefused(assertJson, given)).toBe(isRefused(canonicalJson, given));
      }),
      { numRuns: 1_000 },
    );
  });
});
