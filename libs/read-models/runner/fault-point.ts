/**
 * For crash tests: with `TENURE_FAULT=name` the process kills itself with SIGKILL at the fault point of that name, with
 * `name:N` when it passes it for the N-th time. Unset in production.
 */
const [wanted, count = "1"] =
  process.env["NODE_ENV"] === "production" ? [] : (process.env["TENURE_FAULT"]?.split(":") ?? []);
let left = Number(count);

export const faultPoint = (name: string): Promise<void> => {
  if (name !== wanted || --left > 0) return Promise.resolve();
  process.kill(process.pid, "SIGKILL");
  // The signal may arrive late: never continue.
  return new Promise(() => undefined);
};
