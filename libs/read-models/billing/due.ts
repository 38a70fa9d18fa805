import { dateOf, type Instant, later, startOfDay } from "#domain/calendar.js";
import { type Queryable } from "./load.js";

interface Zone {
  readonly time_zone: string;
  readonly next_period_end: string;
}

/** The earliest period end of each time zone in which a customer waits for a close. */
const zones = (db: Queryable, provider: string): Promise<Zone[]> =>
  db.query<Zone[]>(
    `SELECT time_zone, min(next_period_end) AS next_period_end FROM billing_customers
      WHERE provider_id = $1 AND next_period_end IS NOT NULL GROUP BY time_zone`,
    [provider],
  );

/** The next moment at which a billing period of the provider ends; null when nothing will be due. */
export const nextDue = async (db: Queryable, provider: string): Promise<Instant | null> => {
  const moments = (await zones(db, provider)).map((zone) => startOfDay(zone.next_period_end, zone.time_zone));
  return moments.reduce<Instant | null>((first, at) => (first === null || at < first ? at : first), null);
};

/**
 * Customers whose next period has ended at the instant, by customer id; parked ones are left out. Ended means that its
 * moment as {@link nextDue} tells it has come: where clocks go back over midnight, the old date comes back after it.
 */
export const dueCustomers = async (db: Queryable, provider: string, now: Instant, limit: number): Promise<string[]> => {
  const ended = (await zones(db, provider))
    .filter(({ time_zone, next_period_end }) => startOfDay(next_period_end, time_zone) <= now)
    .map(({ time_zone, next_period_end }) => ({ time_zone, today: later(next_period_end, dateOf(now, time_zone)) }));
  if (ended.length === 0) return [];
  const found = await db.query<{ customer_id: string }[]>(
    `SELECT c.customer_id FROM billing_customers c
       JOIN unnest($2::text[], $3::text[]) AS z (time_zone, today)
         ON c.time_zone = z.time_zone AND c.next_period_end <= z.today
      WHERE c.provider_id = $1
        AND NOT EXISTS (SELECT FROM parked_closes p WHERE p.provider_id = c.provider_id AND p.customer_id = c.customer_id AND p.waiting)
      ORDER BY c.customer_id LIMIT $4`,
    [provider, ended.map(({ time_zone }) => time_zone), ended.map(({ today }) => today), limit],
  );
  return found.map(({ customer_id }) => customer_id);
};
