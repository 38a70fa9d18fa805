import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseStreamName, PREFIX, sharedStreamName, streamName } from "./streams.js";

const provider = "7d3f6f4e-6f0c-4d27-9c0e-1b1c5f1d2a90";

describe("stream names", () => {
  it("hold the provider without dashes, so that the first dash follows the category", () => {
    expect(streamName(provider, "commitment", "a-b")).toBe("tenure.7d3f6f4e6f0c4d279c0e1b1c5f1d2a90.commitment-a-b");
  });

  it("come apart as they were put together", () => {
    const categories = fc.stringMatching(/^[a-z]{1,12}$/);
    const ids = fc.string({ minLength: 1, unit: "grapheme" });
    fc.assert(
      fc.property(fc.uuid(), categories, ids, (owner, category, id) => {
        const name = streamName(owner, category, id);
        expect(name.startsWith(PREFIX)).toBe(true);
        expect(name.split("-")[0]?.endsWith(`.${category}`)).toBe(true);
        expect(parseStreamName(name)).toEqual({ provider: owner, category, id });
      }),
    );
  });

  it("are the same when they share a text, whether they were met before or are none of ours", () => {
    const name = streamName(provider, "commitment", "shared");
    expect(sharedStreamName(name)).toBe(name);
    parseStreamName(name);
    expect(sharedStreamName(` ${name}`.slice(1))).toBe(name);
    expect(sharedStreamName("$ce-commitment")).toBe("$ce-commitment");
  });

  it("refuse what would not come back", () => {
    expect(() => streamName("nobody", "commitment", "1")).toThrow(TypeError);
    expect(() => streamName(provider.toUpperCase(), "commitment", "1")).toThrow(TypeError);
    expect(() => streamName(provider, "com-mitment", "1")).toThrow(TypeError);
    expect(() => streamName(provider, "commitment", "")).toThrow(TypeError);
    expect(() => parseStreamName("$ce-commitment")).toThrow(TypeError);
    expect(() => parseStreamName("tenure.x.commitment-1")).toThrow(TypeError);
  });
});
