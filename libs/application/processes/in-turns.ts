import { setImmediate } from "node:timers/promises";

/** Milliseconds of computing after which other work of the process has a turn: health, leases, requests. */
const TURN = 20;

/** All that the steps of a long computation give; other work of the process goes on between the steps. */
export const inTurns = async <Given>(steps: Iterable<Given>): Promise<Given[]> => {
  const given: Given[] = [];
  let began = performance.now();
  for (const one of steps) {
    given.push(one);
    if (performance.now() - began < TURN) continue;
    await setImmediate();
    began = performance.now();
  }
  return given;
};
