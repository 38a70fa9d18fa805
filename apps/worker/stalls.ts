import { type RunningRole } from "./role.js";

const LOOK_EVERY_MS = 5_000;

const SENTENCES: Readonly<Record<RunningRole["role"], string>> = {
  projector: "the read models stand still",
  biller: "billing stands still",
  deliverer: "tasks stand still",
};

/** A role that cannot go on tries again for ever, in silence: says why, once for each reason. Answers how to end it. */
export const tellOfStalls = (roles: readonly RunningRole[], log: (line: string) => void): (() => Promise<void>) => {
  const told = new Map<string, string | undefined>();
  const timer = setInterval(() => {
    for (const { role, stall } of roles) {
      const reason = stall();
      if (reason !== undefined && reason !== told.get(role)) log(`${SENTENCES[role]}: ${reason}`);
      told.set(role, reason);
    }
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    return Promise.resolve();
  };
};
