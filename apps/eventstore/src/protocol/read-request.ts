import type { ReadReq } from "@eventstore/db-client/generated/streams_pb.js";
import streamsPb from "@eventstore/db-client/generated/streams_pb.js";
import { END_OF_STREAM } from "../log/keys.js";
import type { Direction } from "../log/store.js";
import { streamName } from "./append-request.js";
import { invalidArgument } from "./errors.js";
import { compileFilter, filterSpec, type Filter } from "./filter.js";

export interface ReadRequest {
  /** undefined: the whole log. */
  readonly stream: Buffer | undefined;
  /** Where to start: a revision of the stream, or a position in the log. */
  readonly from: "start" | "end" | number;
  readonly direction: Direction;
  /** undefined: a subscription. */
  readonly limit: number | undefined;
  readonly filter: Filter | undefined;
  /** Whether a link is sent with its target event. */
  readonly resolveLinks: boolean;
  readonly structuredUuid: boolean;
}

/** Throws RequestError. */
export const readRequest = (request: ReadReq): ReadRequest => {
  const options = request.getOptions();
  if (!options) throw invalidArgument("the request has no options");
  const stream = options.getStream();
  const all = options.getAll();
  if (!stream && !all) throw invalidArgument("the request names neither a stream nor $all");
  if (!options.hasCount() && !options.hasSubscription()) {
    throw invalidArgument("the request is neither a read nor a subscription");
  }
  const { BACKWARDS } = streamsPb.ReadReq.Options.ReadDirection;
  const backwards = options.getReadDirection() === BACKWARDS;
  if (backwards && options.hasSubscription()) throw invalidArgument("a subscription cannot go backwards");
  return {
    stream: stream ? streamName(stream.getStreamIdentifier()) : undefined,
    from: startOf(stream, all),
    direction: backwards ? "backwards" : "forwards",
    limit: options.hasCount() ? capped(options.getCount()) : undefined,
    filter: filterOf(options.getFilter(), all !== undefined),
    resolveLinks: options.getResolveLinks(),
    structuredUuid: options.getUuidOption()?.hasStructured() ?? false,
  };
};

const startOf = (
  stream: ReadReq.Options.StreamOptions | undefined,
  all: ReadReq.Options.AllOptions | undefined,
): ReadRequest["from"] => {
  if (stream?.hasRevision()) return capped(stream.getRevision());
  if (stream?.hasEnd() || all?.hasEnd()) return "end";
  const position = all?.getPosition();
  return position ? capped(position.getCommitPosition()) : "start";
};

/** Clients send up to 2^64 to mean "all of it"; nothing in the log has a number above 2^53. */
const capped = (text: string): number => Math.min(Number(text), END_OF_STREAM);

const filterOf = (options: ReadReq.Options.FilterOptions | undefined, isAll: boolean): Filter | undefined => {
  if (!options) return undefined;
  if (!isAll) throw invalidArgument("only $all can be filtered");
  return compileFilter(filterSpec(options));
};
