import { type EntityManager } from "typeorm";
import { type RecordedEvent } from "#event-store/event.js";

/** Wakes the workers that bill. The payload is the id of a provider that has work at once. */
export const CALLS_CHANNEL = "tenure_calls";

/** Events after which a provider has work at once; everything else is due by the calendar. */
const CALLS_FOR_WORK = new Set([
  "ClockAdvanceOrdered",
  // These may take effect on the very day, or may have before.
  ...[
    "PauseScheduled",
    "PauseChanged",
    "PauseCancelled",
    "PauseEnded",
    "CommitmentTerminated",
    "DiscountEndSet",
    "CommitmentUpgraded",
  ],
]);

/** Tells of the providers whose events call for work, once the transaction is committed. */
export const callForWork = async (manager: EntityManager, events: readonly RecordedEvent[]): Promise<void> => {
  const providers = new Set(
    events.filter(({ type }) => CALLS_FOR_WORK.has(type)).map(({ metadata }) => metadata.provider),
  );
  if (providers.size === 0) return;
  await manager.query("SELECT pg_notify($1, provider) FROM unnest($2::text[]) AS provider", [
    CALLS_CHANNEL,
    [...providers],
  ]);
};
