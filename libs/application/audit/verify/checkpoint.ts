import { type Instant } from "#domain/calendar.js";
import { type Database } from "#read-models/data-source.js";
import { EMPTY_LOG, type LogHead, nextHead } from "#read-models/journal/log-hash.js";
import { entriesOf, journalExtent } from "#read-models/journal/proof-queries.js";
import { unknownProvider } from "../known-provider.js";

/**
 * What each provider's log was at a moment: signed and kept elsewhere, it shows a later rewrite of everything, and where
 * that begins. It holds neither data nor positions: an import, which gives events new positions, still fits it.
 */
export interface CheckpointDocument {
  readonly kind: "CHECKPOINT";
  readonly format: 1;
  /** Version of the program that made it. */
  readonly program: string;
  readonly createdAt: Instant;
  readonly logs: readonly LogMarks[];
}

/** The chain over a provider's log at some places. Sequences are text. */
export interface LogMarks {
  readonly providerId: string;
  /** Of the last entry. */
  readonly sequence: string;
  /** Hash of the chain there. */
  readonly logHash: string;
  /** The marks are at the multiples of this sequence. */
  readonly every: string;
  /** Hashes of the chain, in order. */
  readonly marks: readonly string[];
}

/** A log of up to as many entries has a mark at each; longer ones have them further apart. */
const MOST_MARKS = 10_000n;
const ROWS_AT_ONCE = 5_000;

/** The chain over a provider's log does not hold in the journal: nothing is to be vouched for. */
export class JournalBroken extends Error {
  override readonly name = "JournalBroken";
  constructor(
    readonly providerId: string,
    readonly sequence: bigint,
  ) {
    super(`The journal of provider ${providerId} does not hold at sequence ${sequence}`);
  }
}

export interface CheckpointOptions {
  readonly dataSource: Database;
  /** Null: of all providers. */
  readonly providerId: string | null;
  readonly program: string;
  readonly now: () => Instant;
  /** Called with the number of entries read, and of all. */
  readonly progress?: (done: number, total: number) => void;
}

/**
 * Takes the chains of the journal, recomputed from its entries.
 * @throws JournalBroken; Rejection where the journal has nothing of the provider that is asked for
 */
export const takeCheckpoint = async (options: CheckpointOptions): Promise<CheckpointDocument> => {
  const { dataSource, providerId, program, now, progress } = options;
  const { providers } = await journalExtent(dataSource, providerId);
  if (providerId !== null && providers.length === 0) throw unknownProvider();
  const total = providers.reduce((sum, { lastSequence }) => sum + Number(lastSequence), 0);
  let done = 0;
  const logs: LogMarks[] = [];
  for (const { providerId: provider, lastSequence, head } of providers) {
    if (head?.sequence !== lastSequence) throw new JournalBroken(provider, lastSequence);
    const marks = new Marks(lastSequence);
    let chain: LogHead = EMPTY_LOG;
    while (chain.sequence < lastSequence) {
      const after = chain.sequence;
      const entries = await entriesOf(dataSource, {
        ...{ providerId: provider, after, through: lastSequence, limit: ROWS_AT_ONCE },
      });
      for (const entry of entries) {
        chain = nextHead(chain, entry);
        if (entry.sequence !== chain.sequence || entry.logHash !== chain.logHash) {
          throw new JournalBroken(provider, chain.sequence);
        }
        marks.take(chain);
      }
      if (entries.length === 0) throw new JournalBroken(provider, chain.sequence + 1n);
      progress?.((done += entries.length), total);
    }
    if (head.logHash !== chain.logHash) throw new JournalBroken(provider, lastSequence);
    logs.push({
      providerId: provider,
      sequence: lastSequence.toString(),
      logHash: chain.logHash,
      every: marks.every.toString(),
      marks: marks.taken,
    });
  }
  return { kind: "CHECKPOINT", format: 1, program, createdAt: now(), logs };
};

class Marks {
  readonly every: bigint;
  readonly taken: string[] = [];

  constructor(last: bigint) {
    this.every = last <= MOST_MARKS ? 1n : (last + MOST_MARKS - 1n) / MOST_MARKS;
  }

  take({ sequence, logHash }: LogHead): void {
    if (sequence % this.every === 0n) this.taken.push(logHash);
  }
}

/** A log that is not the one of a checkpoint: somewhere after one sequence and up to another. */
export interface Deviation {
  /** The last place at which they agree; 0: none. */
  readonly after: bigint;
  /** The first place at which they do not. */
  readonly by: bigint;
  /** What the log has right after the last place at which they agree; null: it ends there. */
  readonly first: string | null;
}

/** How far a log was followed. */
export interface MarksFollowed {
  readonly agreed: bigint;
  readonly first: string | null;
  readonly deviation: Deviation | null;
}

/** Follows a log, and says where it leaves a checkpoint. */
export class MarksCheck {
  readonly #last: bigint;
  readonly #every: bigint;
  #agreed = 0n;
  #first: string | null = null;
  #deviation: Deviation | null = null;

  /** @param followed how far it was followed before; left out: it begins */
  constructor(
    private readonly marks: LogMarks,
    followed?: MarksFollowed,
  ) {
    this.#last = BigInt(marks.sequence);
    this.#every = BigInt(marks.every);
    if (!followed) return;
    this.#agreed = followed.agreed;
    this.#first = followed.first;
    this.#deviation = followed.deviation;
  }

  get followed(): MarksFollowed {
    return { agreed: this.#agreed, first: this.#first, deviation: this.#deviation };
  }

  /** Of each entry in order: the chain up to it, and what it is. */
  take({ sequence, logHash }: LogHead, place: string): void {
    if (this.#deviation !== null || sequence > this.#last) return;
    this.#first ??= place;
    const expected = this.#expectedAt(sequence);
    if (expected === null) return;
    if (expected === logHash) {
      this.#agreed = sequence;
      this.#first = null;
    } else this.#deviation = { after: this.#agreed, by: sequence, first: this.#first };
  }

  /** Null: the log has all that the checkpoint has, and agrees with it. */
  result(): Deviation | null {
    if (this.#deviation !== null || this.#agreed >= this.#last) return this.#deviation;
    return { after: this.#agreed, by: this.#last, first: this.#first };
  }

  #expectedAt(sequence: bigint): string | null {
    if (sequence === this.#last) return this.marks.logHash;
    return sequence % this.#every === 0n ? (this.marks.marks[Number(sequence / this.#every) - 1] ?? "") : null;
  }
}

/** Whether a signed document is a checkpoint that this program reads. */
export const isCheckpoint = (document: object): document is CheckpointDocument => {
  const { kind, format, logs } = document as Partial<Record<keyof CheckpointDocument, unknown>>;
  return kind === "CHECKPOINT" && format === 1 && Array.isArray(logs) && logs.every(isLogMarks);
};

const isLogMarks = (value: unknown): value is LogMarks => {
  const { providerId, sequence, logHash, every, marks } = (value ?? {}) as Partial<Record<keyof LogMarks, unknown>>;
  const isCount = (text: unknown): boolean => typeof text === "string" && /^[1-9]\d{0,17}$/.test(text);
  return (
    [providerId, logHash].every((text) => typeof text === "string") &&
    isCount(sequence) &&
    isCount(every) &&
    Array.isArray(marks) &&
    marks.every((mark) => typeof mark === "string")
  );
};
