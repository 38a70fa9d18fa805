import { setImmediate } from "node:timers/promises";
import type { ServerWritableStream } from "@grpc/grpc-js";
import type { ReadReq } from "@eventstore/db-client/generated/streams_pb.js";
import { ALL_EVENTS, type Access } from "../access/access.js";
import { END_OF_STREAM } from "../log/keys.js";
import { rowPosition, rowRevision } from "../log/row.js";
import type { LogStore } from "../log/store.js";
import { asRequestError, streamDeleted } from "../protocol/errors.js";
import { readRequest, type ReadRequest } from "../protocol/read-request.js";
import { eventMessage, streamNotFound } from "../protocol/read-response.js";
import { resolveLink, withoutForbidden } from "../streams/links.js";
import { visibleStream } from "../streams/visible-stream.js";
import type { OpenCalls } from "./open-calls.js";
import type { ReadConditions } from "./read-conditions.js";
import { ResponseStream } from "./response-stream.js";
import { subscribe } from "./subscriptions.js";

const USUAL: ReadConditions = { log: () => undefined, isTooSlow: () => false };

/** Streams.Read: reads and subscriptions are the same call. */
export const readHandler =
  (ownLog: LogStore, access: Access, openCalls: OpenCalls, conditions = USUAL) =>
  (call: ServerWritableStream<ReadReq, Buffer>): void => {
    const responses = new ResponseStream(call);
    openCalls.add(call);
    const serve = async () => {
      const request = readRequest(call.request);
      access.require(call.metadata, "read", request.stream ?? ALL_EVENTS);
      const mayRead = (stream: Buffer) => access.may(call.metadata, "read", stream);
      const store = conditions.log(call.getHost()) ?? ownLog;
      if (request.limit === undefined) await subscribe(store, request, responses, mayRead, conditions);
      else await read(store, request, request.limit, responses, mayRead);
    };
    serve().catch((error: unknown) => {
      responses.fail(asRequestError(error));
    });
  };

const read = async (
  store: LogStore,
  request: ReadRequest,
  limit: number,
  responses: ResponseStream,
  mayRead: (stream: Buffer) => boolean,
): Promise<void> => {
  const nextPage = request.stream ? streamPages(store, request, request.stream) : allPages(store, request);
  if (!nextPage) {
    await responses.send(streamNotFound(request.stream ?? Buffer.alloc(0)));
    responses.end();
    return;
  }
  // Later appends are not part of the answer: otherwise a read could follow the writers without end.
  const head = store.head;
  let remaining = limit;
  while (remaining > 0 && responses.isOpen()) {
    const rows = nextPage(request.filter ? undefined : remaining).filter((row) => rowPosition(row) <= head);
    if (rows.length === 0) break;
    for (const row of rows) {
      if (request.filter?.matches(row) === false) continue;
      const resolved = request.resolveLinks ? withoutForbidden(resolveLink(store, row), mayRead) : { event: row };
      await responses.send(eventMessage(resolved, request.structuredUuid));
      if (--remaining === 0) break;
    }
    await setImmediate();
  }
  responses.end();
};

type NextPage = (limit: number | undefined) => Buffer[];

const allPages = (store: LogStore, { from, direction }: ReadRequest): NextPage => {
  const backwards = direction === "backwards";
  // A position is the start of an event: reading backwards from it returns the events before it, as on EventStoreDB.
  let next = from === "start" ? 0 : from === "end" ? END_OF_STREAM : backwards ? from - 1 : from;
  return (limit) => {
    const rows = next < 0 ? [] : store.pageOfAll(next, direction, limit);
    const last = rows.at(-1);
    if (last) next = rowPosition(last) + (backwards ? -1 : 1);
    return rows;
  };
};

/** undefined when there is no such stream. Throws RequestError when it is tombstoned. */
const streamPages = (store: LogStore, { from, direction }: ReadRequest, name: Buffer): NextPage | undefined => {
  const stream = visibleStream(store, name);
  if (stream.kind === "tombstoned") throw streamDeleted(name);
  if (stream.kind === "missing") return undefined;
  const { number, first } = stream;
  const backwards = direction === "backwards";
  const start = from === "start" ? 0 : from === "end" ? END_OF_STREAM : from;
  let next = backwards ? start : Math.max(start, first);
  return (limit) => {
    if (next < first) return [];
    const rows = store.pageOfStream(number, next, direction, limit).filter((row) => rowRevision(row) >= first);
    const last = rows.at(-1);
    if (last) next = rowRevision(last) + (backwards ? -1 : 1);
    return rows;
  };
};
