import { type LocalDate } from "#domain/calendar.js";
import { type Billing, billingsIn } from "../billing/load.js";
import { type Snapshot } from "./snapshot.js";

const CUSTOMERS_AT_ONCE = 200;

/**
 * The customers that hold a commitment which may still run, with what their charges are computed from, in parts.
 * @param day the earliest that is today for any customer: who holds only what ended before is left out
 */
export const holdersOn = async function* (
  snapshot: Snapshot,
  day: LocalDate,
  customerId: string | null,
): AsyncGenerator<readonly Billing[]> {
  const parts = snapshot.parts<{ id: string }>(
    `SELECT customer_id AS id FROM billing_commitments
      WHERE provider_id = $1 AND (terminated_on IS NULL OR terminated_on >= $2)
        AND ($3::uuid IS NULL OR customer_id = $3)
      UNION
     SELECT h.customer_id FROM billing_holders h
       JOIN billing_commitments c ON c.provider_id = h.provider_id AND c.commitment_id = h.commitment_id
      WHERE h.provider_id = $1 AND h.shared AND (c.terminated_on IS NULL OR c.terminated_on >= $2)
        AND ($3::uuid IS NULL OR h.customer_id = $3)
      ORDER BY 1`,
    [snapshot.providerId, day, customerId],
    CUSTOMERS_AT_ONCE,
  );
  for await (const part of parts) {
    const ids = part.map(({ id }) => id);
    const found = await billingsIn(snapshot, snapshot.providerId, ids);
    yield ids.flatMap((id) => found.get(id) ?? []);
  }
};
