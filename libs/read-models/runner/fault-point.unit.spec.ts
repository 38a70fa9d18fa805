import { afterEach, describe, expect, it, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  vi.resetModules();
});

/** The module reads its environment when it is loaded. */
const load = async (environment: Record<string, string>) => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const kill = vi.spyOn(process, "kill").mockReturnValue(true);
  const { faultPoint } = await import("./fault-point.js");
  return { faultPoint, kill };
};

const pending = Symbol("pending");
const outcome = (promise: Promise<void>) => Promise.race([promise, Promise.resolve(pending)]);

describe("a fault point", () => {
  it("does nothing unless asked for", async () => {
    const { faultPoint, kill } = await load({ TENURE_FAULT: "" });
    await faultPoint("here");
    expect(kill).not.toHaveBeenCalled();
  });

  it("kills the process at the point of that name, and lets nothing happen after it", async () => {
    const { faultPoint, kill } = await load({ TENURE_FAULT: "here" });
    await faultPoint("there");
    expect(await outcome(faultPoint("here"))).toBe(pending);
    expect(kill.mock.calls).toEqual([[process.pid, "SIGKILL"]]);
  });

  it("waits for the N-th time", async () => {
    const { faultPoint, kill } = await load({ TENURE_FAULT: "here:3" });
    await faultPoint("here");
    await faultPoint("there");
    await faultPoint("here");
    expect(kill).not.toHaveBeenCalled();
    void faultPoint("here");
    expect(kill).toHaveBeenCalledOnce();
  });

  it("does nothing in production", async () => {
    const { faultPoint, kill } = await load({ TENURE_FAULT: "here", NODE_ENV: "production" });
    await faultPoint("here");
    expect(kill).not.toHaveBeenCalled();
  });
});
