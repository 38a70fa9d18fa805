import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Kept, keepRunning } from "./keep-running.js";
import { type Service, ServiceFailure } from "./service.js";

/** A process that becomes ready and dies when the test says so. */
class StandIn {
  becomeReady: () => void = () => undefined;
  fail: (error: Error) => void = () => undefined;
  die: (sentence: string) => void = () => undefined;
  readonly service: Service;

  constructor(pid: number) {
    const ended = new Promise<string>((resolve) => (this.die = resolve));
    const ready = new Promise<{ url?: string }>((resolve, reject) => {
      this.becomeReady = () => {
        resolve({});
      };
      this.fail = reject;
    });
    ready.catch(() => undefined);
    const end = (): void => {
      this.die("The worker ended (signal SIGTERM).");
    };
    const stop = (): Promise<void> => {
      end();
      return Promise.resolve();
    };
    this.service = { name: "worker", pid, ready, tell: () => undefined, ended, stop, kill: end };
  }
}

let started: StandIn[];
let lines: string[];

const keep = (): Kept =>
  keepRunning(
    () => {
      const standIn = new StandIn(started.length + 1);
      started.push(standIn);
      return standIn.service;
    },
    (line) => lines.push(line),
    () => undefined,
  );

beforeEach(() => {
  vi.useFakeTimers();
  started = [];
  lines = [];
});

afterEach(() => {
  vi.useRealTimers();
});

const readyOnce = async (kept: Kept): Promise<void> => {
  started[0]?.becomeReady();
  await kept.ready;
};

const die = async (): Promise<void> => {
  started.at(-1)?.die("The worker ended (exit code 1).");
  await vi.advanceTimersByTimeAsync(0);
};

describe("a process that is kept running", () => {
  it("is started again after pauses that double up to half a minute, one line each", async () => {
    await readyOnce(keep());
    for (const seconds of [1, 2, 4, 8, 16, 30, 30]) {
      const before = started.length;
      await die();
      expect(lines.at(-1)).toBe(`The worker ended (exit code 1). Starting it again in ${seconds} s.`);
      await vi.advanceTimersByTimeAsync(seconds * 1000 - 1);
      expect(started).toHaveLength(before);
      await vi.advanceTimersByTimeAsync(1);
      expect(started).toHaveLength(before + 1);
    }
    expect(lines).toHaveLength(7);
  });

  it("begins with the short pause again after a healthy minute", async () => {
    await readyOnce(keep());
    await die();
    await vi.advanceTimersByTimeAsync(1_000);
    await vi.advanceTimersByTimeAsync(60_000);
    await die();
    expect(lines.at(-1)).toContain("in 1 s.");
  });

  it("says when it runs again and has another pid then", async () => {
    const kept = keep();
    await readyOnce(kept);
    await die();
    expect(kept.pid()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1_000);
    started[1]?.becomeReady();
    await vi.advanceTimersByTimeAsync(0);
    expect(lines.at(-1)).toBe("The worker runs again.");
    expect(kept.pid()).toBe(2);
  });

  it("is not started again when it could not start at all", async () => {
    const kept = keep();
    started[0]?.fail(new ServiceFailure("The worker could not start: no database."));
    await die();
    await expect(kept.ready).rejects.toThrow("no database");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(started).toHaveLength(1);
  });

  it("is not started again after a stop, also when it was waiting", async () => {
    const kept = keep();
    await readyOnce(kept);
    await die();
    await kept.stop(5_000);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(started).toHaveLength(1);
  });
});
