import { expect, it } from "vitest";
import { trailerText, wrongExpectedVersion } from "./errors.js";

it("writes names into trailers so that ASCII is kept and all else can be decoded", () => {
  const names = ["order-1", "größe 1/漢字", "🎯-\u0001-\n"];
  expect(names.map(trailerText)).toEqual(["order-1", "gr%C3%B6%C3%9Fe 1/%E6%BC%A2%E5%AD%97", "%F0%9F%8E%AF-%01-%0A"]);
  expect(names.map((name) => decodeURIComponent(trailerText(name)))).toEqual(names);
});

it("numbers what is no revision, and leaves out the revision of a stream without events", () => {
  const stream = Buffer.from("s");
  const trailers = [
    wrongExpectedVersion(stream, { kind: "any" }, -1),
    wrongExpectedVersion(stream, { kind: "stream_exists" }, -1),
    wrongExpectedVersion(stream, { kind: "no_stream" }, 4),
    wrongExpectedVersion(stream, { kind: "exact", revision: 3, text: "3" }, 4),
  ].map(({ metadata }) => [metadata.get("expected-version")[0], metadata.get("actual-version")[0]]);
  expect(trailers).toEqual([
    ["-2", undefined],
    ["-4", undefined],
    ["-1", "4"],
    ["3", "4"],
  ]);
});
