import { type RunningRole } from "./role.js";

const LOOK_EVERY_MS = 5_000;

const SENTENCES: Readonly<Record<RunningRole["role"], string>> = {
  projector: "the read models stand still",
  biller: "billing stands still",
  deliverer: "tasks stand still",
  auditor: "jobs stand still",
};

/**
 * Logs why a role makes no progress, once for each reason, since roles retry without logging. Returns a function that
 * stops it.
 */
export const logStalls = (roles: readonly RunningRole[], log: (line: string) => void): (() => Promise<void>) => {
  const logged = new Map<string, string | undefined>();
  const timer = setInterval(() => {
    for (const { role, stall } of roles) {
      const reason = stall();
      if (reason !== undefined && reason !== logged.get(role)) log(`${SENTENCES[role]}: ${reason}`);
      logged.set(role, reason);
    }
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    return Promise.resolve();
  };
};
