/** Ctrl-C reaches us twice within milliseconds under npm: from the terminal, and passed on by npm. That is one wish. */
const SAME_WISH_MS = 500;

export interface StopRequest {
  signal: AbortSignal;
  requested: Promise<void>;
  /** Called at the second Ctrl-C. */
  onForce(action: () => void): void;
  /** Gives the signals back. */
  close(): void;
}

/** Listens for the wish to stop: Ctrl-C, SIGTERM, a closed terminal, or a parent with IPC that has gone. */
export const listenForStop = (): StopRequest => {
  const controller = new AbortController();
  let force: () => void = () => undefined;
  let first: number | undefined;
  const onSignal = (): void => {
    if (first === undefined) {
      first = performance.now();
      controller.abort();
    } else if (performance.now() - first > SAME_WISH_MS) {
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
