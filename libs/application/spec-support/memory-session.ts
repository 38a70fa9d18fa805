import { type Instant } from "#domain/calendar.js";
import { eventTypes } from "#event-store/catalogue.js";
import { InMemoryEventStore } from "#event-store/spec-support/in-memory-event-store.js";
import { type CommandName, type InputOf } from "../commands.js";
import { execute } from "../execute.js";
import { Turns } from "../command/idempotency.js";
import { type Principal } from "../command/principal.js";
import { DEFAULT_PROVIDER_ID, ensureDefaultProvider } from "../providers/default-provider.js";
import { type Session } from "../command/session.js";
import { MemoryFacts, noWalks } from "./memory-facts.js";

/** A session on a store in memory, with facts that are always up to date. */
export interface MemorySession extends Session {
  readonly store: InMemoryEventStore;
  readonly facts: MemoryFacts;
  /** Counted outcomes of commands: `name outcome`. */
  readonly counted: readonly string[];
  readonly logged: readonly string[];
}

export const LOCAL: Principal = {
  providerId: DEFAULT_PROVIDER_ID,
  actor: "local",
  roles: ["operator"],
  customerId: null,
  origin: "api",
  correlationId: "request",
};

export interface MemoryOptions {
  /** The system's time, used for every provider. */
  readonly systemNow: () => Instant;
}

/** A session with the default provider. */
export const memorySession = async ({ systemNow }: MemoryOptions): Promise<MemorySession> => {
  const store = new InMemoryEventStore(eventTypes);
  await ensureDefaultProvider(store, systemNow());
  return sessionOn(store, new MemoryFacts(store), systemNow);
};

/** A session of its own that goes on from where another one is. */
export const forkOf = ({ store, facts }: MemorySession, { systemNow }: MemoryOptions): MemorySession => {
  const fork = store.fork();
  return sessionOn(fork, facts.fork(fork), systemNow);
};

const sessionOn = (store: InMemoryEventStore, facts: MemoryFacts, systemNow: () => Instant): MemorySession => {
  const counted: string[] = [];
  const logged: string[] = [];
  return {
    store,
    systemNow,
    counted,
    logged,
    facts,
    walks: noWalks,
    turns: new Turns(),
    testClock: true,
    preview: false,
    visible: () => Promise.resolve(true),
    count: (name, outcome) => counted.push(`${name} ${outcome}`),
    log: (event) => logged.push(event),
  };
};

/** Executes a command as the local user of the default provider. */
export const run = <Name extends CommandName>(
  session: Session,
  name: Name,
  idempotencyKey: string,
  input: InputOf<Name>,
) => execute(session, LOCAL, { name, input, idempotencyKey });
