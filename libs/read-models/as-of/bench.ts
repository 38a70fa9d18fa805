import { type DataSource } from "typeorm";
import { accountsProjection } from "../accounts/projection.js";
import { billingProjection } from "../billing/projection.js";
import { catalogProjection } from "../catalog/projection.js";
import { commitmentsProjection } from "../commitments/projection.js";
import { customersProjection } from "../customers/projection.js";
import { invoicesProjection } from "../invoices/projection.js";
import { peopleProjection } from "../people/projection.js";
import { applyTo } from "../runner/apply-batch.js";
import { besides } from "../runner/beside.js";
import { type Projection } from "../runner/projection.js";
import { type Selected } from "./select-events.js";

/** The read models that answers about customers are made of, in the order in which a batch is applied. */
const PROJECTIONS: readonly Projection[] = [
  catalogProjection,
  customersProjection,
  peopleProjection,
  accountsProjection,
  commitmentsProjection,
  invoicesProjection,
  billingProjection,
];
/** What projections and queries look at beside them, as it is now. */
const SHARED = ["passed_events", "projection_stalls"];
/** What runs of calls has no past (decision 221): nobody fills it. */
const EMPTY = ["xdrs", "call_summaries", "running_calls"];
/** What snapshots lock (runner/snapshot.ts). */
const LOCKED = "projection_checkpoints";
const TABLES = [...PROJECTIONS.flatMap(({ tables }) => tables), ...SHARED, ...EMPTY, LOCKED];

const BATCH_SIZE = 500;

/**
 * A connection with tables of its own, in which projections build the rows of another moment; the same queries then read
 * them. It finds no others: a new connection, after it was lost, has no tables, and queries fail instead of reading what
 * is so now.
 */
export class Bench {
  private constructor(readonly dataSource: DataSource) {}

  /** @param live where the tables are that it has copies of */
  static async open(live: DataSource): Promise<Bench> {
    const dataSource = besides(live, "pg_temp", 1);
    const tables = TABLES.map((table) => `CREATE TEMP TABLE ${table} (LIKE public.${table} INCLUDING ALL);`);
    await dataSource.initialize();
    try {
      await dataSource.query(tables.join("\n"));
      return new Bench(dataSource);
    } catch (error) {
      await dataSource.destroy();
      throw error;
    }
  }

  /**
   * Fills the empty tables. What is left out is passed over, so that it is no gap.
   * @param selected all of the provider
   * @throws ContradictoryEvent
   */
  fill(providerId: string, { events, leftOut }: Selected): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      for (const table of SHARED) {
        await manager.query(`INSERT INTO ${table} SELECT * FROM public.${table} WHERE provider_id = $1`, [providerId]);
      }
      await manager.query(
        `INSERT INTO passed_events (stream, revision, provider_id, event_id, event_type, why)
         SELECT stream, revision, $1::uuid, id, type, 'LATER'
           FROM unnest($2::text[], $3::bigint[], $4::text[], $5::text[]) AS o (stream, revision, id, type)
         ON CONFLICT DO NOTHING`,
        [
          providerId,
          ...[leftOut.map(({ stream }) => stream), leftOut.map(({ revision }) => revision.toString())],
          ...[leftOut.map(({ id }) => id), leftOut.map(({ type }) => type)],
        ],
      );
      for (let from = 0; from < events.length; from += BATCH_SIZE) {
        const batch = events.slice(from, from + BATCH_SIZE);
        for (const projection of PROJECTIONS) await applyTo(manager, projection, batch);
      }
    });
  }

  /** Whether the connection is still the one that the tables were made on. */
  async isIntact(): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>("SELECT WHERE to_regclass($1) IS NOT NULL", [TABLES.at(-1)]);
    return rows.length > 0;
  }

  async empty(): Promise<void> {
    await this.dataSource.query(`TRUNCATE ${TABLES.join(", ")}`);
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
