import { daysWork } from "#application/processes/clock/days-work.js";
import { providerEvolver } from "#domain/providers/provider.js";
import { loadAggregate } from "#event-store/fold.js";
import { streamName } from "#event-store/streams.js";
import { createVisibility } from "#read-models/visibility.js";
import { type Bench } from "./bench.js";
import { type Client } from "./client.js";

/** Does a worker's work: closes what has ended by an instant, and numbers it. Resolves when queries show it. */
export const doDaysWork = async (bench: Bench, client: Client, now: string): Promise<void> => {
  const { store, dataSource } = bench;
  const { providerId = "" } = client;
  const visibility = createVisibility(dataSource);
  const stream = streamName(providerId, "provider", providerId);
  const { state } = await loadAggregate(store, stream, providerEvolver);
  if (!state) throw new Error("The provider exists");
  await daysWork(
    {
      store,
      dataSource,
      projections: {
        reached: async (position) => {
          await visibility.waitUntilVisible(position, 120_000);
        },
      },
      tasks: { recordedBy: [], any: () => Promise.resolve(false), wake: () => Promise.resolve() },
      log: () => undefined,
    },
    state,
    now,
  );
  await visibility.waitUntilVisible(await store.tail(), 120_000);
  await visibility.close();
};
