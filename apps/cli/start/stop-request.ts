/**
 * Milliseconds within which signals are one stop request: under npm, Ctrl-C arrives from the terminal and again from
 * npm.
 */
const SAME_REQUEST_MS = 500;

export interface StopRequest {
  signal: AbortSignal;
  requested: Promise<void>;
  /** Called at the second Ctrl-C. */
  onForce(action: () => void): void;
  /** Stops listening for the signals. */
  close(): void;
}

/** Listens for a stop request: Ctrl-C, SIGTERM, a closed terminal, or the end of a parent with IPC. */
export const listenForStop = (): StopRequest => {
  const controller = new AbortController();
  let force: () => void = () => undefined;
  let first: number | undefined;
  const onSignal = (): void => {
    if (first === undefined) {
      first = performance.now();
      controller.abort();
    } else if (performance.now() - first > SAME_REQUEST_MS) {
      force();
    }
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, onSignal);
  process.on("disconnect", onSignal);
  return {
    signal: controller.signal,
    requested: new Promise((resolve) => {
      controller.signal.addEventListener("abort", () => {
        resolve();
      });
    }),
    onForce: (action) => {
      force = action;
    },
    close: () => {
      for (const name of signals) process.off(name, onSignal);
      process.off("disconnect", onSignal);
    },
  };
};
