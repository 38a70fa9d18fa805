import { describe, expect, it } from "vitest";
import {
  DELETED,
  describedStream,
  KEEPS_EVERYTHING,
  metadataStream,
  onlyTruncateBefore,
  parseRetention,
  withTruncateBefore,
} from "./retention.js";

const bytes = (text: string) => Buffer.from(text);

describe("the retention of a stream", () => {
  it.each([
    ["{}", {}],
    ['{"$tb":7}', { truncateBefore: 7 }],
    ['{"$maxCount":3,"$maxAge":60,"$cacheControl":1}', { maxCount: 3, maxAgeMilliseconds: 60_000 }],
    [`{"$tb":${DELETED}}`, { truncateBefore: Number.MAX_SAFE_INTEGER, deleted: true }],
    // As earlier versions deleted a stream.
    [`{"$maxCount":"two","$tb":${DELETED}}`, { truncateBefore: Number.MAX_SAFE_INTEGER, deleted: true }],
    ['{"$tb":"7","$maxCount":3}', {}],
    ['{"$tb":7,"$maxCount":0}', {}],
    ['{"$tb":7,"$maxAge":-1}', {}],
    ['{"$tb":7,"$cacheControl":null}', {}],
    ['{"$tb":1.5}', {}],
    ["[1]", {}],
    ["null", {}],
    ["no JSON", {}],
    ["", {}],
  ])("of the metadata %s is told", (json, expected) => {
    expect(parseRetention(bytes(json))).toEqual({ ...KEEPS_EVERYTHING, ...expected });
  });

  it("can be cut off elsewhere without losing the rest of the metadata", () => {
    expect(withTruncateBefore(bytes('{"$maxCount":3,"$tb":1,"owner":{"a":[null]}}'), DELETED).toString()).toBe(
      `{"$maxCount":3,"owner":{"a":[null]},"$tb":${DELETED}}`,
    );
    expect(withTruncateBefore(bytes(""), "5").toString()).toBe('{"$tb":5}');
    expect(withTruncateBefore(bytes('{"$maxCount":"x"}'), "5").toString()).toBe('{"$tb":5}');
    expect(onlyTruncateBefore("5").toString()).toBe('{"$tb":5}');
  });
});

it("finds a stream by the name of its metadata, and back", () => {
  const name = bytes("größe-1");
  expect(describedStream(metadataStream(name))).toEqual(name);
  expect([describedStream(name), describedStream(bytes("$$")), describedStream(bytes("$all"))]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
