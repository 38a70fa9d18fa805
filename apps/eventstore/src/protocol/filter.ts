import { rowStream, rowType } from "../log/row.js";
import { invalidArgument } from "./errors.js";

/** A filter on $all as plain data, for persistent subscriptions outlive the server's process. */
export interface FilterSpec {
  readonly on: "stream" | "type";
  /** One of these begins the name; when there are none, the regular expression matches it. */
  readonly prefixes: readonly string[];
  readonly regex: string;
  /** After how many events, matching or not, a subscriber is told how far the server has looked. */
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

/** What the requests of streams and of persistent subscriptions have in common. */
interface FilterOptions {
  hasEventType(): boolean;
  getEventType(): Expression | undefined;
  getStreamIdentifier(): Expression | undefined;
  hasMax(): boolean;
  getMax(): number;
  getCheckpointintervalmultiplier(): number;
}

/** What the real server takes when the client sets no window of its own. */
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
export const compileFilter = ({ on, prefixes, regex, checkpointInterval }: FilterSpec): Filter => {
  const textOf = on === "type" ? rowType : rowStream;
  const matchesText = textMatcher(prefixes, regex);
  return { matches: (row) => matchesText(textOf(row)), checkpointInterval };
};

const textMatcher = (prefixes: readonly string[], source: string): ((text: string) => boolean) => {
  if (prefixes.length > 0) return (text) => prefixes.some((prefix) => text.startsWith(prefix));
  try {
    const regex = new RegExp(source);
    return (text) => regex.test(text);
  } catch {
    throw invalidArgument(`the filter's regular expression ${source} is not valid`);
  }
};
