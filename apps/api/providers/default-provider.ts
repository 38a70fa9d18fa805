import { type ProviderEvent } from "#domain/providers/events.js";
import { createProvider, type Provider, providerEvolver } from "#domain/providers/provider.js";
import { type EventStore } from "#event-store/event-store.js";
import { handleCommand } from "#event-store/handle-command.js";
import { aggregateId } from "#event-store/ids.js";
import { streamName } from "#event-store/streams.js";
import { systemNow } from "./clocks.js";

/** Who does what nobody asked for. */
const ACTOR = "system";
const KEY = "default-provider";
const NOBODY = "00000000-0000-0000-0000-000000000000";

/** The provider of requests that name none: the same id in every installation. */
export const DEFAULT_PROVIDER_ID = aggregateId(NOBODY, ACTOR, KEY, "provider");

/** Creates it unless it exists; of several processes that start at once, one does. */
export const ensureDefaultProvider = async (store: EventStore): Promise<void> => {
  const settings = { name: "Default", invoiceNumberPrefix: "INV-" };
  const now = systemNow();
  await handleCommand<Provider | null, ProviderEvent>(store, {
    stream: streamName(DEFAULT_PROVIDER_ID, "provider", DEFAULT_PROVIDER_ID),
    decider: providerEvolver,
    envelope: {
      ...{ provider: DEFAULT_PROVIDER_ID, actor: ACTOR, idempotencyKey: KEY, name: "createProvider", recordedAt: now },
      body: settings,
    },
    decide: (state) => (state ? [] : createProvider({ providerId: DEFAULT_PROVIDER_ID, ...settings, now })),
  });
};
