import { type DataSource } from "typeorm";
import { type Provider } from "#domain/providers/provider.js";
import { listParked } from "../billing/parked.js";
import { loadCheckpoints } from "../runner/checkpoints.js";
import { listStalls } from "../runner/stalls.js";

/** State of a provider's test clock while it advances, and what blocks it. */
export const createWalks = (dataSource: DataSource) => ({
  async provider(providerId: string): Promise<{ provider: Provider | null; revision: bigint }> {
    const [row] = await dataSource.query<{ state: Provider; revision: string }[]>(
      "SELECT state, revision FROM providers WHERE provider_id = $1",
      [providerId],
    );
    return row ? { provider: row.state, revision: BigInt(row.revision) } : { provider: null, revision: -1n };
  },

  async parked(providerId: string): Promise<string[]> {
    const [closes, checkpoints, stalls] = await Promise.all([
      listParked(dataSource, providerId),
      loadCheckpoints(dataSource),
      listStalls(dataSource, providerId),
    ]);
    const projections = checkpoints.filter(({ status }) => status === "FAILED");
    return [
      ...projections.map(({ name, error }) => `the read model ${name} (${error ?? "no reason given"})`),
      ...stalls.map(({ projection, event }) => `the read model ${projection}, stalled (${event.reason})`),
      ...closes.map((close) => `the close of customer ${close.customer_id} (${close.reason})`),
    ];
  },
});
