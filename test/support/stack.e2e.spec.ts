import { afterEach, describe, expect, it } from "vitest";
import { isAlive } from "../../libs/embedded/processes.js";
import { type Stack, startStack } from "./stack.js";

let stack: Stack | undefined;

afterEach(async () => {
  await stack?.stop();
});

describe("the stack that tests start", () => {
  it.each([{ apart: false }, { apart: true }])(
    "answers, loses and gets a worker, and leaves nothing behind: %j",
    async ({ apart }) => {
      stack = await startStack({ apart });
      expect((await fetch(stack.url)).status).toBeLessThan(500);
      const before = await stack.pids();
      expect(before.workers).toHaveLength(1);

      await stack.killWorker();
      if (apart) expect((await stack.pids()).workers).toEqual([]);
      const added = await stack.startWorker();
      const at = stack;
      await expect.poll(async () => (await at.pids()).workers.length, { timeout: 120_000 }).toBe(1);

      const after = await stack.pids();
      await stack.stop();
      for (const pid of [after.api, ...after.workers, after.eventStore ?? 0, after.postgres ?? 0, added])
        expect(isAlive(pid)).toBe(false);
    },
  );

  it("says what was printed when it cannot start", async () => {
    const start = startStack({ environment: { TENURE_WORKERS: "many" } });
    await expect(start).rejects.toThrow('TENURE_WORKERS must be a whole number from 0 to 32, not "many".');
  });
});
