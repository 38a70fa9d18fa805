/**
 * Crash tests: with `TENURE_FAULT=name` the process kills itself with SIGKILL at the fault point of that name, with
 * `name:N` when it passes it for the N-th time. Never in production; costs nothing when unset.
 */
const [wanted, count = "1"] =
  process.env["NODE_ENV"] === "production" ? [] : (process.env["TENURE_FAULT"]?.split(":") ?? []);
let left = Number(count);

export const faultPoint = (name: string): Promise<void> => {
  if (name !== wanted || --left > 0) return Promise.resolve();
  process.kill(process.pid, "SIGKILL");
  // The signal may take a moment; nothing may happen in it.
  return new Promise(() => undefined);
};
