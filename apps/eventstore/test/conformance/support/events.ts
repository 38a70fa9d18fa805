import { randomUUID } from "node:crypto";
import { jsonEvent, type EventStoreDBClient, type JSONEventData, type ResolvedEvent } from "@eventstore/db-client";

export const newStream = (prefix = "order"): string => `${prefix}-${randomUUID()}`;

export const event = (n: number, type = "happened"): JSONEventData => jsonEvent({ type, data: { n } });

export const events = (count: number, from = 0): JSONEventData[] =>
  Array.from({ length: count }, (_, index) => event(from + index));

/** What an event was appended as and what it is read as have this in common. */
export interface Seen {
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
}

export const seen = (resolved: ResolvedEvent): Seen => {
  if (!resolved.event) throw new Error("an event without its record");
  const { streamId, revision, id, type, data } = resolved.event;
  return { stream: streamId, revision, id, type, data };
};

export const appended = (stream: string, revision: number, event: JSONEventData): Seen => ({
  stream,
  revision: BigInt(revision),
  id: event.id,
  type: event.type,
  data: event.data,
});

export const collect = async <T extends ResolvedEvent>(read: AsyncIterable<T>): Promise<Seen[]> => {
  const result: Seen[] = [];
  for await (const resolved of read) result.push(seen(resolved));
  return result;
};

export const readStream = (client: EventStoreDBClient, stream: string): Promise<Seen[]> =>
  collect(client.readStream(stream));

/** The whole log without the server's own events. */
export const readUserEvents = async (client: EventStoreDBClient): Promise<Seen[]> =>
  (await collect(client.readAll())).filter(({ stream }) => !stream.startsWith("$"));

const TOLD = ["type", "streamName", "groupName", "expectedVersion", "actualVersion", "maxAppendSize"];

/** What a promise was rejected with: the part of a client's error that says what happened. */
export const rejection = async (promise: Promise<unknown>): Promise<Record<string, unknown>> => {
  try {
    await promise;
  } catch (error) {
    const found = error as Record<string, unknown>;
    return Object.fromEntries(TOLD.filter((key) => found[key] !== undefined).map((key) => [key, found[key]]));
  }
  throw new Error("expected a rejection");
};
