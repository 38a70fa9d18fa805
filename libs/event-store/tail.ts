import { type LogEntry } from "./connection.js";
import { comparePositions, type Position, START } from "./position.js";
import { PREFIX } from "./streams.js";

const FIRST_PAGE = 32;
const LARGEST_PAGE = 1024;

/**
 * Finds the last event of ours by reading the log backwards past whatever others wrote behind it: a real server adds
 * statistics and links of its own all the time. It remembers how far it has looked, so that a log to which only others
 * write is not walked through again on every call.
 */
export class TailReader {
  /** All entries up to `head` have been looked at; the last of ours among them is `tail`. */
  #known: { readonly head: Position; readonly tail: Position } = { head: START, tail: START };

  constructor(private readonly readBackwards: (before: Position | undefined, limit: number) => Promise<LogEntry[]>) {}

  async tail(): Promise<Position> {
    const known = this.#known;
    let head: Position | undefined;
    let before: Position | undefined;
    for (let limit = FIRST_PAGE; ; limit = Math.min(limit * 2, LARGEST_PAGE)) {
      const entries = await this.readBackwards(before, limit);
      head ??= entries[0]?.position ?? START;
      // A log that ends before what we saw was restored from a backup: nothing known about it holds.
      const trusted = comparePositions(head, known.head) >= 0 ? known : undefined;
      for (const { stream, position } of entries) {
        if (trusted !== undefined && comparePositions(position, trusted.head) <= 0) {
          return this.#remember(head, trusted.tail);
        }
        if (stream.startsWith(PREFIX)) return this.#remember(head, position);
      }
      before = entries.at(-1)?.position;
      if (before === undefined) return this.#remember(head, START);
    }
  }

  #remember(head: Position, tail: Position): Position {
    this.#known = { head, tail };
    return tail;
  }
}
