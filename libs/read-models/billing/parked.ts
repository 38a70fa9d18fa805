import { type Queryable } from "./load.js";

/** A period close that failed: the customer is passed over until it is retried. */
export interface ParkedClose {
  readonly provider_id: string;
  readonly customer_id: string;
  readonly reason: string;
  readonly since: string;
  readonly attempts: number;
  /** False while it is being retried. */
  readonly waiting: boolean;
}

/** The parked closes of a provider. */
export const listParked = (db: Queryable, provider: string): Promise<ParkedClose[]> =>
  db.query<ParkedClose[]>("SELECT * FROM parked_closes WHERE provider_id = $1 AND waiting ORDER BY customer_id", [
    provider,
  ]);

/** Parks a customer until {@link retryParked}; counts how often it was parked. */
export const park = async (db: Queryable, provider: string, customerId: string, reason: string): Promise<void> => {
  await db.query(
    `INSERT INTO parked_closes (provider_id, customer_id, reason, since, attempts, waiting)
     VALUES ($1, $2, $3, $4, 1, true)
     ON CONFLICT (provider_id, customer_id)
       DO UPDATE SET reason = EXCLUDED.reason, attempts = parked_closes.attempts + 1, waiting = true`,
    [provider, customerId, reason, new Date().toISOString()],
  );
};

/** Lets the closes of parked customers be tried again. */
export const retryParked = async (db: Queryable, provider: string): Promise<void> => {
  await db.query("UPDATE parked_closes SET waiting = false WHERE provider_id = $1", [provider]);
};

/** Deletes the rows of customers that were retried and not parked again: their periods are closed. */
export const forgetClosed = async (db: Queryable, provider: string): Promise<void> => {
  await db.query("DELETE FROM parked_closes WHERE provider_id = $1 AND NOT waiting", [provider]);
};

/** Number of parked closes, of all providers. */
export const countParked = async (db: Queryable): Promise<number> => {
  const [row] = await db.query<{ count: string }[]>("SELECT count(*) AS count FROM parked_closes WHERE waiting");
  return Number(row?.count ?? 0);
};
