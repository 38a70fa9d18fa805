import { describe, expect, it } from "vitest";
import { isMomentary } from "./failures.js";

const coded = (code: string) => Object.assign(new Error("failed"), { code });

describe("a failure of the moment", () => {
  it.each(["ECONNREFUSED", "ECONNRESET", "EPIPE", "08006", "40P01", "40001", "53300", "57P01", "57P03"])(
    "is %s",
    (code) => {
      expect(isMomentary(coded(code))).toBe(true);
    },
  );

  it.each(["Connection terminated unexpectedly", "timeout exceeded when trying to connect", "Client was closed"])(
    "is '%s'",
    (message) => {
      expect(isMomentary(new Error(message))).toBe(true);
    },
  );

  it.each(["23505", "42P01", "22P02", "P0001"])("is not %s: that comes from the projection", (code) => {
    expect(isMomentary(coded(code))).toBe(false);
  });

  it("is not an error of the program", () => {
    expect(isMomentary(new TypeError("x is undefined"))).toBe(false);
    expect(isMomentary("thrown text")).toBe(false);
  });
});
