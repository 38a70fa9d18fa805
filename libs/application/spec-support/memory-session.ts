import { type Instant } from "#domain/calendar.js";
import { eventTypes } from "#event-store/catalogue.js";
import { InMemoryEventStore } from "#event-store/spec-support/in-memory-event-store.js";
import { type CommandName, type InputOf } from "../commands.js";
import { execute } from "../execute.js";
import { Turns } from "../command/idempotency.js";
import { type Principal } from "../command/principal.js";
import { DEFAULT_PROVIDER_ID, ensureDefaultProvider } from "../providers/default-provider.js";
import { type Session } from "../command/session.js";
import { type Billed, MemoryFacts, noWalks } from "./memory-facts.js";

/** The application on a store in memory, with everything that is read up to date. */
export interface MemorySession extends Session {
  readonly store: InMemoryEventStore;
  readonly facts: MemoryFacts;
  /** How commands came out, as counted: `name outcome`. */
  readonly counted: readonly string[];
  readonly logged: readonly string[];
}

export const LOCAL: Principal = {
  providerId: DEFAULT_PROVIDER_ID,
  actor: "local",
  roles: ["owner"],
  origin: "api",
  correlationId: "request",
};

export interface MemoryOptions {
  /** The system's time, which is every provider's. */
  readonly systemNow: () => Instant;
  readonly billed?: ReadonlyMap<string, Billed>;
}

/** With the default provider in it. */
export const memorySession = async ({ systemNow, billed }: MemoryOptions): Promise<MemorySession> => {
  const store = new InMemoryEventStore(eventTypes);
  const counted: string[] = [];
  const logged: string[] = [];
  await ensureDefaultProvider(store, systemNow());
  return {
    store,
    systemNow,
    counted,
    logged,
    facts: new MemoryFacts(store, billed),
    walks: noWalks,
    turns: new Turns(),
    testClock: true,
    preview: false,
    visible: () => Promise.resolve(true),
    count: (name, outcome) => counted.push(`${name} ${outcome}`),
    log: (event) => logged.push(event),
  };
};

/** Runs a command as the default provider's local user. */
export const run = <Name extends CommandName>(
  session: Session,
  name: Name,
  idempotencyKey: string,
  input: InputOf<Name>,
) => execute(session, LOCAL, { name, input, idempotencyKey });
