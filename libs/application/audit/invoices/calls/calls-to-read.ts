import { parseStreamName } from "#event-store/streams.js";
import { type Streams } from "../basis-replay.js";
import { type Summary, summariesOf } from "./counted-calls.js";

/** Calls that are held in memory at once, by their keys. */
const CALLS_AT_ONCE = 500_000;

/** Summaries whose calls are still to be read: each stream of calls is read once for many of them. */
export class CallsToRead {
  #summaries: Summary[] = [];

  /** @param isWanted whether a summary is of a document that is proven */
  constructor(private readonly isWanted: (summary: Summary) => boolean) {}

  /** Adds the wanted summaries of the streams of usage among some, each whole. */
  add(streams: Streams): void {
    for (const [stream, events] of streams) {
      if (parseStreamName(stream).category !== "usage") continue;
      this.#summaries.push(...summariesOf(events).filter(this.isWanted));
    }
  }

  /** The streams that they are in. */
  get streams(): string[] {
    return [...new Set(this.#summaries.map(({ event }) => event.stream))];
  }

  get isEnough(): boolean {
    return this.#summaries.reduce((sum, { event }) => sum + event.data.calls, 0) >= CALLS_AT_ONCE;
  }

  /** All of them, which are no more to be read. */
  taken(): readonly Summary[] {
    const taken = this.#summaries;
    this.#summaries = [];
    return taken;
  }
}
