import { Turns } from "#application/command/idempotency.js";
import { type Session } from "#application/command/session.js";
import { createWalks } from "#read-models/facts/walks.js";
import { type Backend } from "./backend.js";
import { systemNow } from "./clocks.js";
import { described } from "./log.js";
import { type Metrics } from "./metrics.js";

/** The session of the API's commands, one per process. */
export const createSession = (backend: Backend, metrics: Metrics): Session => {
  const { store, dataSource, facts, visibility, testClock, log } = backend;
  return {
    store,
    facts,
    testClock,
    systemNow,
    walks: createWalks(dataSource),
    turns: new Turns(),
    preview: false,
    visible: (position, timeoutMs, provider) => visibility.waitUntilVisible(position, timeoutMs, provider),
    count: (name, outcome) => {
      metrics.command(name, outcome);
    },
    log: (event, { error, ...fields }) => {
      log(event, { ...fields, ...(error !== undefined && described(error)) });
    },
  };
};
