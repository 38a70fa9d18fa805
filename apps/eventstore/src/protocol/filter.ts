import { rowStream, rowType } from "../log/row.js";
import { dotnetExpression, UnsupportedExpression } from "./dotnet-expression.js";
import { invalidArgument } from "./errors.js";

/** A filter on $all as plain data, for persistent subscriptions outlive the server's process. */
export interface FilterSpec {
  readonly on: "stream" | "type";
  /** One of these begins the name, unless there is a regular expression. Without either, nothing matches. */
  readonly prefixes: readonly string[];
  readonly regex: string;
  /** Number of events, matching or not, after which a subscriber is sent the position that the server has read to. */
  readonly checkpointInterval: number;
}

export interface Filter {
  matches(row: Buffer): boolean;
  readonly checkpointInterval: number;
}

interface Expression {
  getRegex(): string;
  getPrefixList(): string[];
}

/** Filter options common to requests on streams and persistent subscriptions. */
interface FilterOptions {
  hasEventType(): boolean;
  getEventType(): Expression | undefined;
  getStreamIdentifier(): Expression | undefined;
  hasMax(): boolean;
  getMax(): number;
  getCheckpointintervalmultiplier(): number;
}

/** EventStoreDB's default when the client sets no window. */
const DEFAULT_WINDOW = 32;

/** Throws RequestError. */
export const filterSpec = (options: FilterOptions): FilterSpec => {
  const expression = options.getStreamIdentifier() ?? options.getEventType();
  if (!expression) throw invalidArgument("the filter names neither streams nor event types");
  const window = options.hasMax() ? options.getMax() : DEFAULT_WINDOW;
  return {
    on: options.hasEventType() ? "type" : "stream",
    prefixes: expression.getPrefixList(),
    regex: expression.getRegex(),
    checkpointInterval: Math.max(1, window) * Math.max(1, options.getCheckpointintervalmultiplier()),
  };
};

/** Throws RequestError. */
export const compileFilter = (spec: FilterSpec): Filter => {
  try {
    return filterBy(spec, dotnetExpression);
  } catch (error) {
    if (!(error instanceof UnsupportedExpression)) throw error;
    throw invalidArgument(`the filter's regular expression ${spec.regex} cannot be used: ${error.message}`);
  }
};

/**
 * The filter of an existing group. Earlier versions took JavaScript's expressions, and one of those must not prevent a
 * start.
 */
export const compileStoredFilter = (spec: FilterSpec): Filter => {
  try {
    return filterBy(spec, dotnetExpression);
  } catch {
    return filterBy(spec, (source) => new RegExp(source));
  }
};

const filterBy = (spec: FilterSpec, compile: (source: string) => RegExp): Filter => {
  const { prefixes, regex, checkpointInterval } = spec;
  const textOf = spec.on === "type" ? rowType : rowStream;
  if (regex === "") {
    return { matches: (row) => prefixes.some((prefix) => textOf(row).startsWith(prefix)), checkpointInterval };
  }
  const expression = compile(regex);
  return { matches: (row) => expression.test(textOf(row)), checkpointInterval };
};
