import { reject, type Rejection } from "#domain/rejection.js";
import { UndecodableEvent } from "#event-store/errors.js";
import { type EventStore } from "#event-store/event-store.js";
import { streamName } from "#event-store/streams.js";
import { journalExtent } from "#read-models/journal/proof-queries.js";
import { type JobContext } from "./job.js";

export const unknownProvider = (): Rejection =>
  reject("VALIDATION_FAILED", "There is no such provider.", { field: "provider" });

/**
 * Refuses to vouch for a provider that nobody has created. One of which a side has lost everything is known still.
 * @throws Rejection where neither event store nor journal has anything of the provider that is asked for
 */
export const requireProvider = async ({
  dataSource,
  store,
  providerId,
}: Pick<JobContext, "dataSource" | "store" | "providerId">): Promise<void> => {
  if (providerId === null || (await isCreated(store, providerId))) return;
  const { providers } = await journalExtent(dataSource, providerId);
  if (providers.length === 0) throw unknownProvider();
};

const isCreated = async (store: Pick<EventStore, "readStream">, providerId: string): Promise<boolean> => {
  try {
    return (await store.readStream(streamName(providerId, "provider", providerId), { limit: 1 })).length > 0;
  } catch (error) {
    if (error instanceof UndecodableEvent) return true;
    throw error;
  }
};
