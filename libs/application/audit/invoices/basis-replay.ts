import { type RecordedEvent } from "#event-store/event.js";
import { comparePositions } from "#event-store/position.js";
import { type BillingEvent } from "#read-models/billing/fold.js";
import { MemoryFeed } from "#read-models/billing/memory-feed.js";

/** All events of some streams, each stream's in order; a stream that is left out is empty. */
export type Streams = ReadonlyMap<string, readonly RecordedEvent[]>;

/** Stream to revision, as a seal names it. */
export type BasisOf = readonly (readonly [stream: string, revision: string])[];

/** The basis names an event that its stream does not have. */
export class BasisMissing extends Error {
  override readonly name = "BasisMissing";
  constructor(
    readonly stream: string,
    readonly revision: bigint,
  ) {
    super(`its basis reaches ${stream}@${revision}, which is not there`);
  }
}

/**
 * The billing feed as it was when something was computed: exactly the events that a basis names. One close after the
 * other rests on more of the same streams, so that each event is folded once.
 */
export class BasisReplay {
  private feed: MemoryFeed;
  private readonly reached = new Map<string, bigint>();

  constructor(
    private readonly provider: string,
    private readonly streams: Streams,
  ) {
    this.feed = new MemoryFeed(provider);
  }

  /**
   * The feed as of a basis; it is the same object that an earlier call gave.
   * @throws BasisMissing; ContradictoryEvent or what folding throws, where the events do not fit each other
   */
  at(basis: BasisOf): MemoryFeed {
    const entries = new Map(basis.map(([stream, revision]) => [stream, BigInt(revision)]));
    const isBehind = ([stream, revision]: [string, bigint]): boolean => (entries.get(stream) ?? -1n) < revision;
    // Two commands that ran side by side may have seen the feed in another order than they were recorded.
    if ([...this.reached].some(isBehind)) {
      this.reached.clear();
      this.feed = new MemoryFeed(this.provider);
    }
    const news = [...entries].flatMap(([stream, revision]) => this.eventsUpTo(stream, revision));
    news.sort((a, b) => comparePositions(a.position, b.position));
    for (const event of news) this.feed.fold(event as BillingEvent);
    for (const [stream, revision] of entries) this.reached.set(stream, revision);
    return this.feed;
  }

  private eventsUpTo(stream: string, revision: bigint): RecordedEvent[] {
    const after = this.reached.get(stream) ?? -1n;
    if (after === revision) return [];
    const events = this.streams.get(stream) ?? [];
    const news = events.filter((event) => event.revision > after && event.revision <= revision);
    if (news.at(-1)?.revision !== revision) throw new BasisMissing(stream, revision);
    return news;
  }
}
