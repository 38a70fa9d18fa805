import { type ApiListens, type Service } from "./service.js";

export interface BackOff {
  firstMs: number;
  maxMs: number;
  /** Milliseconds of running after which the next failure waits for the first pause again. */
  healthyMs: number;
}

export const BACK_OFF: BackOff = { firstMs: 1_000, maxMs: 30_000, healthyMs: 60_000 };

export interface Kept {
  /** Rejects when the first start fails: it is reported and not retried. */
  ready: Promise<void>;
  /** Sends it a message, and again each time it is started again. */
  tell(message: ApiListens): void;
  pid(): number | undefined;
  /** Port of its health and metrics, as reported when it was last ready. */
  port(): number | undefined;
  stop(graceMs: number): Promise<void>;
  kill(): void;
}

/** Keeps one process running: when it ends it is restarted, after a pause that doubles with each failure. */
export const keepRunning = (
  start: () => Service,
  log: (line: string) => void,
  onChange: () => void,
  backOff = BACK_OFF,
): Kept => {
  let current: Service | undefined;
  let port: number | undefined;
  let said: ApiListens | undefined;
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  let pause = backOff.firstMs;

  const run = (): Service => {
    const service = start();
    const since = performance.now();
    current = service;
    if (said) service.tell(said);
    void service.ended.then((sentence) => {
      current = undefined;
      if (stopping || !wasReady) return;
      if (performance.now() - since >= backOff.healthyMs) pause = backOff.firstMs;
      log(`${sentence} Starting it again in ${pause / 1000} s.`);
      timer = setTimeout(again, pause);
      pause = Math.min(pause * 2, backOff.maxMs);
      onChange();
    });
    return service;
  };
  const again = (): void => {
    const service = run();
    onChange();
    service.ready.then(
      (told) => {
        port = told.port;
        onChange();
        log(`The ${service.name} runs again.`);
      },
      () => undefined,
    );
  };
  let wasReady = false;
  const ready = run().ready.then((told) => {
    port = told.port;
    wasReady = true;
  });
  ready.catch(() => undefined);
  return {
    ready,
    tell: (message) => {
      said = message;
      current?.tell(message);
    },
    pid: () => current?.pid,
    port: () => (current ? port : undefined),
    stop: async (graceMs) => {
      stopping = true;
      clearTimeout(timer);
      await current?.stop(graceMs);
    },
    kill: () => {
      stopping = true;
      clearTimeout(timer);
      current?.kill();
    },
  };
};
