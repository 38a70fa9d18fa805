import { type RecordedEvent } from "#event-store/event.js";
import { comparePositions, type Position } from "#event-store/position.js";
import { parseStreamName } from "#event-store/streams.js";
import { addDifference, type Difference, type Differences, noDifferences } from "../job.js";
import { type Streams } from "./basis-replay.js";
import { brokenLinkOf } from "./chain.js";

/** What {@link Tally} goes on with. */
export interface SavedTally {
  readonly checked: Readonly<Record<string, number>>;
  readonly differences: Differences;
  /** Category and id of the streams whose chains were computed. */
  readonly streams: readonly string[];
}

/** What an audit has checked, and what it found. Streams that several customers rest on are checked and counted once. */
export class Tally {
  readonly checked: Record<string, number>;
  readonly differences: Differences;
  readonly #streams: Set<string>;

  /**
   * @param through the last position that is covered: what comes behind it is not looked at
   * @param saved what it goes on from; null: it begins
   */
  constructor(
    private readonly through: Position,
    saved: SavedTally | null,
  ) {
    this.checked = { ...saved?.checked };
    this.differences = saved?.differences ?? noDifferences();
    this.#streams = new Set(saved?.streams);
  }

  get saved(): SavedTally {
    return { checked: this.checked, differences: this.differences, streams: [...this.#streams] };
  }

  count(what: string, by = 1): void {
    this.checked[what] = (this.checked[what] ?? 0) + by;
  }

  add(difference: Difference): void {
    addDifference(this.differences, difference);
  }

  isCovered({ position }: Pick<RecordedEvent, "position">): boolean {
    return comparePositions(position, this.through) <= 0;
  }

  /** Whether a stream is looked at for the first time. */
  isNew(stream: string): boolean {
    const { category, id } = parseStreamName(stream);
    const key = `${category}-${id}`;
    if (this.#streams.has(key)) return false;
    this.#streams.add(key);
    return true;
  }

  /** Computes the chains of hashes again of those that it has not looked at. @param streams whole, from their first events on */
  verifyChains(streams: Streams): void {
    for (const [stream, all] of streams) {
      const events = all.filter((event) => this.isCovered(event));
      if (events.length === 0 || !this.isNew(stream)) continue;
      this.count("streams");
      this.count("events", events.length);
      const broken = brokenLinkOf(events);
      if (!broken) continue;
      const where = `${broken.stream}@${broken.revision}`;
      const isCut = broken.revision === events[0]?.revision && broken.revision > 0n;
      if (isCut)
        this.add({ what: "STREAM_CUT", where, says: "The stream begins here: what was recorded before is gone." });
      else this.add({ what: "CHAIN_BROKEN", where, says: `${broken.type}: ${broken.reason}.` });
    }
  }
}
