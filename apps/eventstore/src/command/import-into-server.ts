import {
  binaryEvent,
  EventStoreDBClient,
  jsonEvent,
  StreamDeletedError,
  StreamNotFoundError,
  type EventData,
  type JSONType,
} from "@eventstore/db-client";
import { messageOf } from "../startup-failure.js";
import { Failure } from "./command.js";
import { bytesOf, TOMBSTONE, type PortableEvent } from "./portable-event.js";

/**
 * Appends through the client, to the server of the URL: one append after the other, which keeps their order on every
 * server. Repeating an append after an interruption changes nothing, because events have ids and appends an expected
 * revision. Returns the number of events.
 */
export const importIntoServer = async (
  url: string,
  groups: AsyncIterable<[PortableEvent, ...PortableEvent[]]>,
): Promise<number> => {
  const client = connect(url);
  let events = 0;
  let done = "0";
  try {
    for await (const group of groups) {
      await write(client, group);
      events += group.length;
      done = group.at(-1)?.position ?? done;
    }
  } catch (error) {
    throw new Failure(`${messageOf(error)}; go on with --after ${done}`);
  } finally {
    await client.dispose();
  }
  return events;
};

const connect = (url: string): EventStoreDBClient => {
  try {
    return EventStoreDBClient.connectionString(url);
  } catch (error) {
    throw new Failure(`--url is not a connection string: ${messageOf(error)}`);
  }
};

const write = async (client: EventStoreDBClient, group: [PortableEvent, ...PortableEvent[]]): Promise<void> => {
  const [first] = group;
  const { stream, revision } = first;
  if (revision === TOMBSTONE) {
    await client.tombstoneStream(stream, { expectedRevision: "any" }).catch((error: unknown) => {
      if (!(error instanceof StreamDeletedError)) throw error;
    });
    return;
  }
  if (stream.startsWith("$$")) {
    for (const event of group) await writeMetadata(client, event);
    return;
  }
  const expectedRevision = revision === "0" ? "no_stream" : BigInt(revision) - 1n;
  await client.appendToStream(stream, group.map(eventData), { expectedRevision });
};

/** The `$tb` of a soft deletion: a number that JSON in JavaScript, and so the client, cannot represent. */
const SOFT_DELETION = /"\$tb"\s*:\s*9223372036854775807\b/;

/**
 * A server writes metadata itself when a stream is deleted and when it begins again, as the exporting server did. So an
 * event that exists at this revision is the same and is not written.
 */
const writeMetadata = async (client: EventStoreDBClient, event: PortableEvent): Promise<void> => {
  const revision = BigInt(event.revision);
  const last = await lastRevision(client, event.stream);
  if (last >= revision) return;
  if (SOFT_DELETION.test(bytesOf(event, "data").toString("utf8"))) {
    await client.deleteStream(event.stream.slice(2), { expectedRevision: "any" });
    return;
  }
  const expectedRevision = revision === 0n ? "no_stream" : revision - 1n;
  await client.appendToStream(event.stream, eventData(event), { expectedRevision });
};

const lastRevision = async (client: EventStoreDBClient, stream: string): Promise<bigint> => {
  let last = -1n;
  try {
    const read = client.readStream(stream, { direction: "backwards", fromRevision: "end", maxCount: 1 });
    // Read to the end: a read that is abandoned never completes in this client.
    for await (const { event } of read) last = event?.revision ?? last;
  } catch (error) {
    if (!(error instanceof StreamNotFoundError)) throw error;
  }
  return last;
};

const eventData = (event: PortableEvent): EventData => {
  const { id, type } = event;
  const metadata = bytesOf(event, "metadata");
  // The client sends objects as JSON and bytes unchanged, but recognises bytes only by their exact class.
  const sent = metadata.length > 0 && { metadata: Uint8Array.from(metadata) };
  if (event.contentType !== "application/json") {
    return binaryEvent({ id, type, data: Uint8Array.from(bytesOf(event, "data")), ...sent });
  }
  if (event.dataBase64 !== undefined) {
    throw new Failure(
      `position ${event.position}: the client cannot send this JSON as it was written (spaces, escapes or numbers)`,
    );
  }
  return jsonEvent({ id, type, data: event.data as JSONType, ...sent });
};
