import type { ReadReq } from "@eventstore/db-client/generated/streams_pb.js";
import streamsPb from "@eventstore/db-client/generated/streams_pb.js";
import { END_OF_STREAM } from "../log/keys.js";
import { rowStream, rowType } from "../log/row.js";
import type { Direction } from "../log/store.js";
import { streamName } from "./append-request.js";
import { invalidArgument } from "./errors.js";

export interface ReadRequest {
  /** undefined: the whole log. */
  readonly stream: Buffer | undefined;
  /** Where to start: a revision of the stream, or a position in the log. */
  readonly from: "start" | "end" | number;
  readonly direction: Direction;
  /** undefined: a subscription. */
  readonly limit: number | undefined;
  readonly filter: Filter | undefined;
  readonly structuredUuid: boolean;
}

export interface Filter {
  matches(row: Buffer): boolean;
  /** After how many rows, matching or not, a subscriber is told how far the server has looked. */
  readonly checkpointInterval: number;
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

/** What the real server takes when the client sets no window of its own. */
const DEFAULT_WINDOW = 32;

const filterOf = (options: ReadReq.Options.FilterOptions | undefined, isAll: boolean): Filter | undefined => {
  if (!options) return undefined;
  if (!isAll) throw invalidArgument("only $all can be filtered");
  const expression = options.getStreamIdentifier() ?? options.getEventType();
  if (!expression) throw invalidArgument("the filter names neither streams nor event types");
  const textOf = options.hasEventType() ? rowType : rowStream;
  const matchesText = textMatcher(expression);
  const window = options.hasMax() ? options.getMax() : DEFAULT_WINDOW;
  return {
    matches: (row) => matchesText(textOf(row)),
    checkpointInterval: Math.max(1, window) * Math.max(1, options.getCheckpointintervalmultiplier()),
  };
};

const textMatcher = (expression: ReadReq.Options.FilterOptions.Expression): ((text: string) => boolean) => {
  const prefixes = expression.getPrefixList();
  if (prefixes.length > 0) return (text) => prefixes.some((prefix) => text.startsWith(prefix));
  const source = expression.getRegex();
  try {
    const regex = new RegExp(source);
    return (text) => regex.test(text);
  } catch {
    throw invalidArgument(`the filter's regular expression ${source} is not valid`);
  }
};
