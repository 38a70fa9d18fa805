import { describe, expect, it } from "vitest";
import { START } from "#event-store/position.js";
import { type Checkpoint } from "./checkpoints.js";
import { Progress, reach } from "./progress.js";

const at = (name: string, commit: bigint, status: Checkpoint["status"]): Checkpoint => ({
  ...{ name, version: 1, position: { commit, prepare: commit }, status },
  ...{ error: status === "FAILED" ? "no room" : null, stalls: 0, stalled: [] },
});

const reached = (checkpoints: readonly Checkpoint[], names: readonly string[] | null): Promise<void> => {
  const progress = new Progress();
  progress.update(checkpoints);
  return reach(progress, { commit: 2n, prepare: 2n }, names, new AbortController().signal);
};

describe("waiting for projections", () => {
  it("ends when all of them have reached the position", async () => {
    await expect(reached([at("a", 2n, "LIVE"), at("b", 3n, "LIVE")], ["a", "b"])).resolves.toBeUndefined();
  });

  it.each([
    ["FAILED", "Projection b is parked: no room"],
    ["RETIRED", "Projection b is retired: the program that projects does not have it"],
  ] as const)("ends with an error where one of them is %s before it", async (status, message) => {
    await expect(reached([at("a", 2n, "LIVE"), at("b", 1n, status)], ["a", "b"])).rejects.toThrow(message);
  });

  it("does not wait for retired ones that nobody asked for", async () => {
    await expect(reached([at("a", 2n, "LIVE"), at("b", START.commit, "RETIRED")], null)).resolves.toBeUndefined();
  });
});
