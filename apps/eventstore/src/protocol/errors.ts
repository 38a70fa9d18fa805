import { Metadata, status, type ServiceError } from "@grpc/grpc-js";
import type { ExpectedRevision } from "../log/append.js";
import { NoRoom } from "../log/room.js";
import { CorruptRow } from "../log/row.js";

/** The data of all events of one append together. Their types and metadata are not counted. */
export const MAX_APPEND_BYTES = 1024 * 1024;

/** Types, metadata and data together: clients could not read back more. */
export const MAX_APPEND_TOTAL_BYTES = 16 * 1024 * 1024;

/** A request that is refused as a whole, with the call's status. */
export class RequestError extends Error implements Partial<ServiceError> {
  readonly metadata = new Metadata();
  readonly details: string;

  constructor(
    readonly code: status,
    details: string,
    trailers: Record<string, string> = {},
  ) {
    super(details);
    this.details = shortened(details);
    for (const [key, value] of Object.entries(trailers)) this.metadata.set(key, trailerText(value));
  }
}

/** Maximum length of a status: a longer one does not fit into a response's header, and the client would wait for it. */
const LONGEST_TEXT = 1000;
const LONGEST_TRAILER = 4096;

const shortened = (text: string): string =>
  text.length <= LONGEST_TEXT ? text : `${wellFormed(text.slice(0, LONGEST_TEXT))}...`;

export const invalidArgument = (details: string) => new RequestError(status.INVALID_ARGUMENT, details);

export const tooManyUnfinished = () =>
  new RequestError(status.RESOURCE_EXHAUSTED, "too many appends have been begun and not finished");

/** The same text as EventStoreDB's. */
export const consumerTooSlow = () =>
  new RequestError(status.ABORTED, "Consumer too slow to handle event while live. Client resubscription required.");

export const stopping = () => new RequestError(status.UNAVAILABLE, "the server is stopping");

export const accessDenied = (action: string, stream: Buffer) =>
  new RequestError(status.PERMISSION_DENIED, `the user has no right to ${action} ${stream.toString()}`, {
    exception: "access-denied",
  });

/** Clients recognise this by the trailer `exception`. */
export const appendTooLarge = () =>
  new RequestError(status.INVALID_ARGUMENT, `an append may hold ${MAX_APPEND_BYTES} bytes of data at most`, {
    exception: "maximum-append-size-exceeded",
    "maximum-append-size": MAX_APPEND_BYTES.toString(),
  });

export const appendTooLong = () =>
  invalidArgument(`types, metadata and data of an append may be ${MAX_APPEND_TOTAL_BYTES} bytes together at most`);

export const missingMetadata = () =>
  new RequestError(status.INVALID_ARGUMENT, "an event needs the metadata properties type and content-type", {
    exception: "missing-required-metadata-property",
    "required-metadata-properties": "type,content-type",
  });

/** Clients recognise these by the trailer `exception` and read the stream's name beside it. */
export const streamDeleted = (stream: Buffer) =>
  new RequestError(status.FAILED_PRECONDITION, `the stream ${stream.toString()} is deleted`, {
    exception: "stream-deleted",
    "stream-name": stream.toString(),
  });

/** For deletions; appends are answered with a message. The protocol has numbers for states that are not revisions. */
export const wrongExpectedVersion = (stream: Buffer, expected: ExpectedRevision, current: number) => {
  const number = expected.kind === "exact" ? expected.text : EXPECTED_NUMBERS[expected.kind];
  return new RequestError(
    status.FAILED_PRECONDITION,
    `the stream ${stream.toString()} is not at the expected revision: expected ${number}, actual ${current}`,
    {
      exception: "wrong-expected-version",
      "stream-name": stream.toString(),
      "expected-version": number,
      // -1 for a stream without events.
      "actual-version": current.toString(),
    },
  );
};

const EXPECTED_NUMBERS = { any: "-2", no_stream: "-1", stream_exists: "-4" };

/**
 * Trailers hold ASCII only, and no blanks at their ends: such characters of a name are percent-encoded. A name that is
 * too long for a trailer ends in three dots.
 */
export const trailerText = (name: string): string => {
  let text = "";
  // A name cut here is still too long, and cut again below.
  for (const char of wellFormed(name.slice(0, LONGEST_TRAILER + 1))) {
    const next = /[\x20-\x7e]/.test(char) ? char : encodeURIComponent(char);
    if (text.length + next.length > LONGEST_TRAILER) return `${encodeEnds(text)}...`;
    text += next;
  }
  return encodeEnds(text);
};

/** Without halves of surrogate pairs, which cannot be percent-encoded. */
const wellFormed = (text: string): string => Buffer.from(text).toString();

const encodeEnds = (text: string): string => text.replaceAll(/^ +| +$/g, encodeURIComponent);

/** Maps what a handler threw to a call's status. Only the server's own messages are sent to the client. */
export const asRequestError = (error: unknown): RequestError => {
  if (error instanceof RequestError) return error;
  if (error instanceof NoRoom)
    return new RequestError(status.RESOURCE_EXHAUSTED, `${error.message}: nothing was written`);
  if (error instanceof CorruptRow) return new RequestError(status.DATA_LOSS, error.message);
  process.stderr.write(`eventstore: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return new RequestError(status.INTERNAL, "internal error");
};
