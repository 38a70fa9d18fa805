import { type EntityManager } from "typeorm";
import { type CustomerCreated } from "#domain/customers/events.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { type CustomerKey } from "./allocation.js";

/** Gives new customers a balance of nothing, so that lists by balance have them. */
export const openBalances = async (
  manager: EntityManager,
  created: readonly RecordedEvent<CustomerCreated>[],
): Promise<void> => {
  if (created.length === 0) return;
  const streams = created.map(({ stream }) => parseStreamName(stream));
  await manager.query(
    `INSERT INTO customer_balances (provider_id, customer_id, due)
     SELECT provider_id, customer_id, 0 FROM unnest($1::uuid[], $2::uuid[]) AS n (provider_id, customer_id)
     ON CONFLICT DO NOTHING`,
    [streams.map(({ provider }) => provider), streams.map(({ id }) => id)],
  );
};

/** Writes what customers owe after a batch: what is open of issued invoices, less unused credit. */
export const writeBalances = async (manager: EntityManager, changed: readonly CustomerKey[]): Promise<void> => {
  if (changed.length === 0) return;
  await manager.query(
    `INSERT INTO customer_balances (provider_id, customer_id, due)
     SELECT a.provider_id, a.customer_id,
            coalesce((SELECT sum(i.open) FROM invoices i
                       WHERE i.provider_id = a.provider_id AND i.customer_id = a.customer_id
                         AND i.open <> 0 AND i.number IS NOT NULL), 0) - a.balance
       FROM unnest($1::uuid[], $2::uuid[]) AS n (provider_id, customer_id)
       JOIN receivables_accounts a ON a.provider_id = n.provider_id AND a.customer_id = n.customer_id
     ON CONFLICT (provider_id, customer_id) DO UPDATE SET due = EXCLUDED.due`,
    [changed.map(({ provider }) => provider), changed.map(({ customerId }) => customerId)],
  );
};
