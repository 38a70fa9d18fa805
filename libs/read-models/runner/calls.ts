import { type EntityManager } from "typeorm";
import { eventTypes } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";

/** Notification channel that wakes the workers that bill. The payload is the id of a provider with work to do now. */
export const CALLS_CHANNEL = "tenure_calls";

/** Notifies {@link CALLS_CHANNEL} of the providers whose events call for work, when the transaction is committed. */
export const callForWork = async (manager: EntityManager, events: readonly RecordedEvent[]): Promise<void> => {
  const providers = new Set(
    events.filter(({ type }) => eventTypes[type].callsForWork).map(({ metadata }) => metadata.provider),
  );
  if (providers.size === 0) return;
  await manager.query("SELECT pg_notify($1, provider) FROM unnest($2::text[]) AS provider", [
    CALLS_CHANNEL,
    [...providers],
  ]);
};
