import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { DEFAULT_PROVIDER_ID } from "#application/providers/default-provider.js";
import { UsageError } from "../server-options.js";
import { readOptions } from "./options.js";

const GIVEN = ["--from", "2020-08-01", "--to", "2020-08-31", "--out", "august"];
const PROVIDER = "7D3F6F4E-6F0C-4D27-9C0E-1B1C5F1D2A90";

describe("tenure export", () => {
  it("takes days, both included, a folder, a provider and a data folder", () => {
    const days = { from: "2020-08-01", until: "2020-08-31" };
    expect(readOptions(GIVEN, {})).toEqual({
      ...{ providerId: DEFAULT_PROVIDER_ID, days, out: resolve("august"), dataDir: resolve(".tenure") },
    });
    expect(readOptions([...GIVEN, "--provider", PROVIDER, "--data", "other"], { TENURE_DATA: "mine" })).toEqual({
      ...{ providerId: PROVIDER.toLowerCase(), days, out: resolve("august"), dataDir: resolve("other") },
    });
    expect(readOptions(["-h"], {})).toBe("help");
  });

  it.each([
    [["--from", "2020-08-01"], "Give --from, --to and --out."],
    [["--from", "2020-08-02", "--to", "2020-08-01", "--out", "x"], "2020-08-02 is after 2020-08-01."],
    [["--from", "yesterday", "--to", "2020-08-01", "--out", "x"], '"yesterday" is not a date'],
    [[...GIVEN, "--provider", "first"], "--provider must be the id of a provider."],
    [[...GIVEN, "--days", "3"], "Unknown option '--days'"],
  ])("refuses %j", (argv, sentence) => {
    const read = () => readOptions(argv, {});
    expect(read).toThrow(UsageError);
    expect(read).toThrow(sentence);
  });
});
