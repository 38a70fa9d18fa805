import { type Queryable } from "./load.js";

/** A close that failed: the customer is passed over until it is tried again. */
export interface ParkedClose {
  readonly provider_id: string;
  readonly customer_id: string;
  readonly reason: string;
  readonly since: string;
  readonly attempts: number;
}

export const listParked = (db: Queryable, provider: string): Promise<ParkedClose[]> =>
  db.query<ParkedClose[]>("SELECT * FROM parked_closes WHERE provider_id = $1 ORDER BY customer_id", [provider]);

export const park = async (db: Queryable, provider: string, customerId: string, reason: string): Promise<void> => {
  await db.query(
    `INSERT INTO parked_closes VALUES ($1, $2, $3, $4, 1)
     ON CONFLICT (provider_id, customer_id)
       DO UPDATE SET reason = EXCLUDED.reason, attempts = parked_closes.attempts + 1`,
    [provider, customerId, reason, new Date().toISOString()],
  );
};

/** Puts parked customers back in line, for another try. */
export const unpark = async (db: Queryable, provider: string, customerIds: readonly string[]): Promise<void> => {
  await db.query("DELETE FROM parked_closes WHERE provider_id = $1 AND customer_id = ANY($2::uuid[])", [
    provider,
    customerIds,
  ]);
};
