import { type LogEntry } from "./connection.js";
import { comparePositions, type Position, START } from "./position.js";
import { PREFIX } from "./streams.js";

/** As a rule the last event is ours. Events come with their data: reading more than it would cost more than asking. */
const FIRST_PAGE = 1;
const SECOND_PAGE = 32;
const LARGEST_PAGE = 1024;

/**
 * Finds the last event of ours by reading the log backwards past foreign events after it: EventStoreDB keeps adding
 * statistics and links. It remembers how far it has read, so that foreign events are not read again on every call.
 */
export class TailReader {
  /** All entries up to `head` have been read; the last event of ours among them is at `tail`. */
  #known: { readonly head: Position; readonly tail: Position } = { head: START, tail: START };

  constructor(private readonly readBackwards: (before: Position | undefined, limit: number) => Promise<LogEntry[]>) {}

  async tail(): Promise<Position> {
    const known = this.#known;
    let head: Position | undefined;
    let before: Position | undefined;
    for (let limit = FIRST_PAGE; ; limit = nextPage(limit)) {
      const entries = await this.readBackwards(before, limit);
      head ??= entries[0]?.position ?? START;
      // A log that ends before `known.head` was restored from a backup: what is known of it is discarded.
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

const nextPage = (limit: number): number => Math.min(Math.max(SECOND_PAGE, limit * 2), LARGEST_PAGE);
