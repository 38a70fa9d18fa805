import { type BrokenLink, NO_HASH, verifyChain } from "#event-store/content-hash.js";
import { type RecordedEvent } from "#event-store/event.js";

/**
 * The first event of a stream, read from its first event on, whose content hash does not follow from it and the one
 * before. What is passed over takes up a revision, and is no link.
 */
export const brokenLinkOf = (events: readonly RecordedEvent[]): BrokenLink | undefined => {
  let contentHash = NO_HASH;
  for (const event of events) {
    const broken = verifyChain([event], { revision: event.revision - 1n, contentHash });
    if (broken) return broken;
    ({ contentHash } = event.metadata);
  }
  return undefined;
};
