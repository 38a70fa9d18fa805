import { expect, it } from "vitest";
import { trailerText, wrongExpectedVersion } from "./errors.js";

it("writes names into trailers so that ASCII is kept and all else can be decoded", () => {
  const names = ["order-1", "größe 1/漢字", "🎯-\u0001-\n", "  a b ", "   "];
  expect(names.map(trailerText)).toEqual([
    "order-1",
    "gr%C3%B6%C3%9Fe 1/%E6%BC%A2%E5%AD%97",
    "%F0%9F%8E%AF-%01-%0A",
    "%20%20a b%20",
    "%20%20%20",
  ]);
  expect(names.map((name) => decodeURIComponent(trailerText(name)))).toEqual(names);
});

it("ends names in three dots that are too long for a trailer, between two characters", () => {
  expect(
    ["x".repeat(4096), "x".repeat(4097), " ".repeat(5000), "漢".repeat(20_000), `a${"😀".repeat(20_000)}`].map(
      trailerText,
    ),
  ).toEqual([
    "x".repeat(4096),
    `${"x".repeat(4096)}...`,
    `${"%20".repeat(4096)}...`,
    `${"%E6%BC%A2".repeat(455)}...`,
    `a${"%F0%9F%98%80".repeat(341)}...`,
  ]);
});

it("numbers what is no revision, and the revision of a stream without events", () => {
  const stream = Buffer.from("s");
  const trailers = [
    wrongExpectedVersion(stream, { kind: "any" }, -1),
    wrongExpectedVersion(stream, { kind: "stream_exists" }, -1),
    wrongExpectedVersion(stream, { kind: "no_stream" }, 4),
    wrongExpectedVersion(stream, { kind: "exact", revision: 3, text: "3" }, 4),
  ].map(({ metadata }) => [metadata.get("expected-version")[0], metadata.get("actual-version")[0]]);
  expect(trailers).toEqual([
    ["-2", "-1"],
    ["-4", "-1"],
    ["-1", "4"],
    ["3", "4"],
  ]);
});
