import { type Queryable } from "./load.js";

/** A close that failed: the customer is passed over until it is tried again. */
export interface ParkedClose {
  readonly provider_id: string;
  readonly customer_id: string;
  readonly reason: string;
  readonly since: string;
  readonly attempts: number;
  /** False while it is tried again. */
  readonly waiting: boolean;
}

/** The closes that are passed over now. */
export const listParked = (db: Queryable, provider: string): Promise<ParkedClose[]> =>
  db.query<ParkedClose[]>("SELECT * FROM parked_closes WHERE provider_id = $1 AND waiting ORDER BY customer_id", [
    provider,
  ]);

/** Passes a customer over until {@link retryParked}; counts how often that happened. */
export const park = async (db: Queryable, provider: string, customerId: string, reason: string): Promise<void> => {
  await db.query(
    `INSERT INTO parked_closes (provider_id, customer_id, reason, since, attempts, waiting)
     VALUES ($1, $2, $3, $4, 1, true)
     ON CONFLICT (provider_id, customer_id)
       DO UPDATE SET reason = EXCLUDED.reason, attempts = parked_closes.attempts + 1, waiting = true`,
    [provider, customerId, reason, new Date().toISOString()],
  );
};

/** Puts parked customers back in line, for another try. */
export const retryParked = async (db: Queryable, provider: string): Promise<void> => {
  await db.query("UPDATE parked_closes SET waiting = false WHERE provider_id = $1", [provider]);
};

/** Forgets those that were tried again and not parked anew: they are closed. */
export const forgetClosed = async (db: Queryable, provider: string): Promise<void> => {
  await db.query("DELETE FROM parked_closes WHERE provider_id = $1 AND NOT waiting", [provider]);
};

/** How many closes are passed over now, of all providers. */
export const countParked = async (db: Queryable): Promise<number> => {
  const [row] = await db.query<{ count: string }[]>("SELECT count(*) AS count FROM parked_closes WHERE waiting");
  return Number(row?.count ?? 0);
};
