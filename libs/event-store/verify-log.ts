import { type BrokenLink, NO_HASH, verifyChain } from "./content-hash.js";
import { StoreUnavailable } from "./errors.js";
import { type RecordedEvent } from "./event.js";
import { type Batch, type EventStore, type UnreadableEvent } from "./event-store.js";
import { comparePositions, START } from "./position.js";
import { parseStreamName } from "./streams.js";

export interface VerifyOptions {
  /** Only streams of this provider (uuid). Default: of all. */
  readonly provider?: string;
  /** Milliseconds without an answer after which the store counts as unavailable. Default 30,000. */
  readonly patienceMs?: number;
}

export interface VerifiedLog {
  readonly streams: number;
  readonly events: number;
  /** The first broken link of each stream that has one, in log order. */
  readonly broken: readonly BrokenLink[];
}

/**
 * Reads the whole log and recomputes the content hash chain of each stream. An event of ours that cannot be decoded is
 * a broken link; a foreign event in a stream of ours takes up a revision and is not a link. Memory: two numbers and a
 * hash per stream.
 * @throws StoreUnavailable
 */
export const verifyLog = async (
  store: EventStore,
  { provider, patienceMs = 30_000 }: VerifyOptions = {},
): Promise<VerifiedLog> => {
  const chains = new Chains(provider);
  let heardAt = performance.now();
  let done: (() => void) | undefined;
  const atEnd = new Promise<void>((resolve) => (done = resolve));
  const subscription = store.subscribe({
    name: "verify-chain",
    from: START,
    unreadable: "HAND_OVER",
    onBatch: (batch) => {
      heardAt = performance.now();
      chains.take(batch);
      if (batch.caughtUp) done?.();
      return Promise.resolve();
    },
  });
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      if (performance.now() - heardAt < patienceMs) return;
      const why = subscription.status().lastError ?? "nothing arrives";
      reject(new StoreUnavailable(`The log could not be read to its end: ${why}`));
    }, 200);
  });
  try {
    await Promise.race([atEnd, silence]);
    return chains.result();
  } finally {
    clearInterval(timer);
    await subscription.stop();
  }
};

interface Link {
  revision: bigint;
  contentHash: string;
  isBroken: boolean;
}

/** Last verified link of each stream. */
class Chains {
  private readonly links = new Map<string, Link>();
  private readonly broken: BrokenLink[] = [];
  private events = 0;

  constructor(private readonly provider: string | undefined) {}

  take({ events, unreadable = [] }: Batch): void {
    const all = [...events, ...unreadable].sort((a, b) => comparePositions(a.position, b.position));
    for (const event of all) {
      const { stream } = event;
      if (this.provider !== undefined && parseStreamName(stream).provider !== this.provider) continue;
      this.events += 1;
      let link = this.links.get(stream);
      if (link === undefined) this.links.set(stream, (link = { revision: -1n, contentHash: NO_HASH, isBroken: false }));
      // Only the first broken link is reported: all after it are broken too.
      if (!link.isBroken) this.follow(link, event);
    }
  }

  result(): VerifiedLog {
    return { streams: this.links.size, events: this.events, broken: this.broken };
  }

  private follow(link: Link, event: RecordedEvent | UnreadableEvent): void {
    const broken = brokenLink(link, event);
    link.revision = event.revision;
    if (broken !== undefined) {
      link.isBroken = true;
      this.broken.push(broken);
    } else if ("metadata" in event) {
      link.contentHash = event.metadata.contentHash;
    }
  }
}

const brokenLink = (link: Link, event: RecordedEvent | UnreadableEvent): BrokenLink | undefined => {
  if ("metadata" in event) return verifyChain([event], link);
  const { stream, revision, type, reason } = event;
  return reason === null ? undefined : { stream, revision, type, reason };
};
