import { streamName } from "#event-store/streams.js";
import { type Queryable } from "../runner/checkpoints.js";
import { type HeldRow } from "./holders.js";
import { type LedgerRow } from "./lines.js";
import { type AccountRow, type ClassRow, type CustomerRow } from "./rows.js";
import { type UsageAccountRow } from "./usage.js";
import { type VoidedRow } from "./voided.js";

/** What the feed has of some customers. Those that it does not have have no rows. */
export interface FeedRows {
  readonly customers: readonly CustomerRow[];
  /** Revisions of passed events in their receivables streams, ascending. */
  readonly passed: readonly { readonly customer_id: string; readonly revision: string }[];
  /** Every commitment that they hold or held, by commitment. */
  readonly commitments: readonly HeldRow[];
  /** By account. */
  readonly accounts: readonly AccountRow[];
  /** All of the provider, by class. */
  readonly classes: readonly ClassRow[];
  readonly ledger: readonly LedgerRow[];
  readonly voided: readonly VoidedRow[];
  /** Their accounts with calls, by account. */
  readonly usage: readonly UsageAccountRow[];
  /** The basis of each one's last close, stream to revision; of those without a close there is none. */
  readonly bases: readonly { readonly customer_id: string; readonly basis: Readonly<Record<string, string>> }[];
}

export const CUSTOMER_COLUMNS = `provider_id, customer_id, state, revision::text, closed_on, closed_to, first_start,
  next_period_end, time_zone, receivables_revision::text, receivables_hash, lifecycle, next_signal_on`;
export const ACCOUNT_COLUMNS = "provider_id, account_id, customer_id, state, revision::text, closed_on";

const OF_CUSTOMERS = "provider_id = $1 AND customer_id = ANY($2::uuid[])";

/** SQL by part. In JSON numbers of PostgreSQL would lose digits: each is a text. */
const PARTS: Readonly<Record<keyof FeedRows, string>> = {
  customers: `SELECT ${CUSTOMER_COLUMNS} FROM billing_customers WHERE ${OF_CUSTOMERS}`,
  passed: `SELECT c.customer_id, p.revision::text FROM unnest($2::uuid[], $3::text[]) AS c (customer_id, stream)
             JOIN passed_events p ON p.stream = c.stream ORDER BY p.revision`,
  commitments: `SELECT h.held_by, c.provider_id, c.commitment_id, c.customer_id, c.account_id, c.offer_id, c.state,
                       c.revision::text, c.terminated_on, c.lifecycle, c.ends, c.end_nears, c.next_signal_on
                  FROM billing_commitments c
                  JOIN (SELECT DISTINCT customer_id AS held_by, commitment_id FROM billing_holders
                         WHERE ${OF_CUSTOMERS}) h ON h.commitment_id = c.commitment_id
                 WHERE c.provider_id = $1 ORDER BY c.commitment_id`,
  accounts: `SELECT ${ACCOUNT_COLUMNS} FROM billing_accounts WHERE ${OF_CUSTOMERS} ORDER BY account_id`,
  classes: `SELECT provider_id, customer_class_id, state, revision::text FROM billing_classes
             WHERE provider_id = $1 ORDER BY customer_class_id`,
  ledger: `SELECT customer_id, commitment_id, row_id, given::text AS amount FROM billing_ledger WHERE ${OF_CUSTOMERS}`,
  voided: `SELECT provider_id, customer_id, period_from FROM billing_voided WHERE ${OF_CUSTOMERS}`,
  usage: `SELECT provider_id, account_id, customer_id, called_on, billed_on, to_on, counted_event,
                 counted_commit::text, revision::text, hash
            FROM billing_usage WHERE ${OF_CUSTOMERS} ORDER BY account_id`,
  bases: `SELECT c.customer_id, p.basis FROM unnest($2::uuid[]) AS c (customer_id),
            LATERAL (SELECT basis FROM billing_closed_periods
                      WHERE provider_id = $1 AND customer_id = c.customer_id ORDER BY period_from DESC LIMIT 1) p`,
};

const STATEMENT = `SELECT ${Object.entries(PARTS)
  .map(([part, sql]) => `(SELECT coalesce(json_agg(r), '[]') FROM (${sql}) r) AS ${part}`)
  .join(", ")}`;

/** All that is read of customers by their ids alone, in one statement: each way to PostgreSQL and back takes its time. */
export const feedRowsOf = async (
  db: Queryable,
  provider: string,
  customerIds: readonly string[],
): Promise<FeedRows> => {
  const streams = customerIds.map((id) => streamName(provider, "receivables", id));
  const [rows] = await db.query<FeedRows[]>(STATEMENT, [provider, customerIds, streams]);
  if (!rows) throw new Error("a statement without FROM answered no row");
  return rows;
};
