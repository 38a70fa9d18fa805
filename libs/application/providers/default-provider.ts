import { type Instant } from "#domain/calendar.js";
import { createProvider, providerEvolver } from "#domain/providers/provider.js";
import { type EventStore } from "#event-store/event-store.js";
import { aggregateId } from "#event-store/ids.js";
import { streamName } from "#event-store/streams.js";
import { decideAndAppend } from "../command/decide-and-append.js";
import { identify } from "../command/idempotency.js";

/** Actor of commands that the program gives itself. */
const ACTOR = "system";
const KEY = "default-provider";
const NOBODY = "00000000-0000-0000-0000-000000000000";

/** The provider of requests without a provider id: the same id in every installation. */
export const DEFAULT_PROVIDER_ID = aggregateId(NOBODY, ACTOR, KEY, "provider");

/** Creates the default provider unless it exists; of several processes that start at once, one creates it. */
export const ensureDefaultProvider = async (store: EventStore, now: Instant): Promise<void> => {
  const settings = { name: "Default", invoiceNumberPrefix: "INV-" };
  const providerId = DEFAULT_PROVIDER_ID;
  await decideAndAppend(store, {
    stream: streamName(providerId, "provider", providerId),
    evolver: providerEvolver,
    envelope: {
      ...identify(providerId, ACTOR, KEY, "createProvider", settings),
      provider: providerId,
      actor: ACTOR,
      origin: "system",
      recordedAt: now,
    },
    decide: (state) => (state ? [] : createProvider({ providerId, ...settings, now })),
  });
};
