import { describe, expect, it } from "vitest";
import { StoreUnavailable } from "./errors.js";
import { Transient, withRetries } from "./retry.js";

const { signal } = new AbortController();

const failing = (times: number, error: () => Error) => {
  const calls = { count: 0 };
  const call = () => {
    calls.count += 1;
    return calls.count <= times ? Promise.reject(error()) : Promise.resolve("done");
  };
  return { calls, call };
};

describe("withRetries", () => {
  it("repeats what may be repeated", async () => {
    const { calls, call } = failing(3, () => new Transient("no answer"));
    expect(await withRetries("call", call, { totalMs: 60_000, signal })).toBe("done");
    expect(calls.count).toBe(4);
  });

  it("passes everything else on at once", async () => {
    const { calls, call } = failing(1, () => new RangeError("too large"));
    await expect(withRetries("call", call, { totalMs: 60_000, signal })).rejects.toThrow(RangeError);
    expect(calls.count).toBe(1);
  });

  it("gives up after the total time, telling why", async () => {
    const { call } = failing(1_000, () => new Transient("no answer"));
    const given = withRetries("append to x", call, { totalMs: 100, signal });
    await expect(given).rejects.toThrow(/append to x: gave up after \d+ attempts: no answer/);
    await expect(given).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it("does not wait for an attempt that lasts longer than the total time", async () => {
    const given = withRetries("call", () => new Promise(() => undefined), { totalMs: 50, signal });
    await expect(given).rejects.toThrow(/call: gave up after 1 attempts: No answer within 50 ms/);
    await expect(given).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it("gives up when the store is closed", async () => {
    const closing = new AbortController();
    const { call } = failing(1_000, () => new Transient("no answer"));
    const given = withRetries("call", call, { totalMs: 3_600_000, signal: closing.signal });
    closing.abort();
    await expect(given).rejects.toThrow(StoreUnavailable);
  });
});
