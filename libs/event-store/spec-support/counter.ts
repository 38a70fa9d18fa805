import { type DomainEvent, type Evolver } from "#domain/event.js";
import { type EventTypes } from "../codec.js";
import { type Metadata, type NewEvent, type RecordedEvent } from "../event.js";
import { domainEvent } from "../fold.js";
import { chainEvents } from "../chain-events.js";
import { NO_HASH } from "../content-hash.js";
import { streamName } from "../streams.js";

/** An aggregate for specs of the event store: a sum. */
export type CounterEvent = DomainEvent<"Added", { amount: number; note?: string }>;

export const counterTypes: EventTypes = { Added: { version: 1 } };

export const counter: Evolver<number, CounterEvent> = {
  initial: 0,
  evolve: (state, event) => state + event.data.amount,
};

export const PROVIDER = "7d3f6f4e-6f0c-4d27-9c0e-1b1c5f1d2a90";

export const counterStream = (id: string): string => streamName(PROVIDER, "counter", id);

export const added = (amount: number, note?: string): CounterEvent => ({
  type: "Added",
  data: note === undefined ? { amount } : { amount, note },
});

/** Amount of a recorded event of a counter. */
export const amountOf = (event: RecordedEvent): number => (domainEvent(event) as CounterEvent).data.amount;

/** Events of one command, chained to the event before. */
export const chained = (
  stream: string,
  command: string,
  events: readonly CounterEvent[],
  after?: NewEvent,
): NewEvent[] =>
  chainEvents({
    stream,
    provider: PROVIDER,
    previousHash: after?.metadata.contentHash ?? NO_HASH,
    commandId: command,
    actor: "spec",
    recordedAt: "2020-07-01T00:00:00.000Z",
    correlationId: command,
    causationId: command,
    events,
    types: counterTypes,
  });

export const metadata = (changes: Partial<Metadata> = {}): Metadata => ({
  provider: PROVIDER,
  correlationId: "c",
  causationId: "c",
  actor: "spec",
  commandId: "c",
  commandHash: "h",
  recordedAt: "2020-07-01T00:00:00.000Z",
  schemaVersion: 1,
  contentHash: "h",
  ...changes,
});
