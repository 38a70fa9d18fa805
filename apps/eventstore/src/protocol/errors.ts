import { Metadata, status, type ServiceError } from "@grpc/grpc-js";
import type { ExpectedRevision } from "../log/append.js";
import { NoRoom } from "../log/room.js";
import { CorruptRow } from "../log/row.js";

/** All events of one append together: their types, metadata and data. */
export const MAX_APPEND_BYTES = 1024 * 1024;

/** A request that is refused as a whole, with what the call's status says about it. */
export class RequestError extends Error implements Partial<ServiceError> {
  readonly metadata = new Metadata();

  constructor(
    readonly code: status,
    readonly details: string,
    trailers: Record<string, string> = {},
  ) {
    super(details);
    for (const [key, value] of Object.entries(trailers)) this.metadata.set(key, value);
  }
}

export const invalidArgument = (details: string) => new RequestError(status.INVALID_ARGUMENT, details);

export const unimplemented = (what: string) =>
  new RequestError(status.UNIMPLEMENTED, `${what} is not supported by the Tenure event store`);

export const tooManyUnfinished = () =>
  new RequestError(status.RESOURCE_EXHAUSTED, "too many appends have been begun and not finished");

export const stopping = () => new RequestError(status.UNAVAILABLE, "the server is stopping");

/** Clients recognise this by the trailer `exception`. */
export const appendTooLarge = () =>
  new RequestError(status.INVALID_ARGUMENT, `an append may hold ${MAX_APPEND_BYTES} bytes of events at most`, {
    exception: "maximum-append-size-exceeded",
    "maximum-append-size": MAX_APPEND_BYTES.toString(),
  });

export const missingMetadata = () =>
  new RequestError(status.INVALID_ARGUMENT, "an event needs the metadata properties type and content-type", {
    exception: "missing-required-metadata-property",
    "required-metadata-properties": "type,content-type",
  });

/** Clients recognise these by the trailer `exception` and read the stream's name beside it. */
export const streamDeleted = (stream: Buffer) =>
  new RequestError(status.FAILED_PRECONDITION, `the stream ${stream.toString()} is deleted`, {
    exception: "stream-deleted",
    "stream-name": trailerText(stream.toString()),
  });

/** Of a deletion: appends are answered with a message. The protocol numbers what is no revision. */
export const wrongExpectedVersion = (stream: Buffer, expected: ExpectedRevision, current: number) => {
  const number = expected.kind === "exact" ? expected.text : EXPECTED_NUMBERS[expected.kind];
  const actual = current < 0 ? "no stream" : current.toString();
  return new RequestError(
    status.FAILED_PRECONDITION,
    `the stream ${stream.toString()} is not at the expected revision: expected ${number}, actual ${actual}`,
    {
      exception: "wrong-expected-version",
      "stream-name": trailerText(stream.toString()),
      "expected-version": number,
      // Left out for a stream without events: clients take any text for a number.
      ...(current >= 0 && { "actual-version": current.toString() }),
    },
  );
};

const EXPECTED_NUMBERS = { any: "-2", no_stream: "-1", stream_exists: "-4" };

/** Trailers hold ASCII only; the rest of a name is percent-encoded. */
export const trailerText = (name: string): string => name.replaceAll(/[^\x20-\x7e]+/gu, encodeURIComponent);

/** What a handler threw, as something a call can end with. Only our own words reach the client. */
export const asRequestError = (error: unknown): RequestError => {
  if (error instanceof RequestError) return error;
  if (error instanceof NoRoom)
    return new RequestError(status.RESOURCE_EXHAUSTED, `${error.message}: nothing was written`);
  if (error instanceof CorruptRow) return new RequestError(status.DATA_LOSS, error.message);
  process.stderr.write(`eventstore: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return new RequestError(status.INTERNAL, "internal error");
};
