import { setImmediate } from "node:timers/promises";
import { type EntityManager } from "typeorm";
import { because } from "../runner/contradiction.js";
import { type Projection } from "../runner/projection.js";
import { ChargingEvents, firstDayMoved } from "./charging-events.js";
import { CollectionRows } from "./collection.js";
import { announceEnds } from "./ends.js";
import {
  announceCustomers,
  billingCategories,
  type BillingCategory,
  foldInto,
  keyOf,
  openFirstPeriod,
  place,
  readTouched,
  type Touched,
} from "./fold.js";
import { writeHolders } from "./holders.js";
import { InvoicingRows } from "./invoicing.js";
import { writeMoved } from "./moved.js";
import { upsert } from "./rows.js";
import { UsageRows } from "./usage.js";

/**
 * Events that are folded at once: a batch of a rebuild has many more, and PostgreSQL would wait meanwhile for the next
 * statements of the projections that are applied beside this one.
 */
const EVENTS_AT_ONCE = 500;

/**
 * The billing feed: states, lines billed and days on which something is due, by customer
 * (docs/architecture.md#how-a-close-works).
 */
export const billingProjection: Projection<BillingCategory> = {
  name: "billing",
  version: 27,
  tables: [
    "billing_customers",
    "billing_accounts",
    "billing_classes",
    "billing_commitments",
    "billing_holders",
    "billing_lines",
    "billing_ledger",
    "billing_pages",
    "billing_basis_pages",
    "billing_closed_periods",
    "billing_voided",
    "billing_facts",
    "billing_moved",
    "billing_unnumbered",
    "billing_registers",
    "billing_collection",
    "billing_usage",
    "billing_usage_periods",
  ],
  lateIndexes: [
    "billing_lines_belonging",
    "billing_lines_discounts",
    "billing_lines_fees_gone",
    "billing_customers_agenda",
    "billing_customers_due",
    "billing_commitments_agenda",
    "billing_commitments_offer",
    "billing_collection_agenda",
  ],
  categories: billingCategories,
  async apply(manager, events) {
    const placed = events.map(place);
    const usage = await UsageRows.of(manager, placed);
    const touched = await readTouched(manager, placed, usage.firstCalls(placed));
    const charging = await ChargingEvents.of(manager, placed, touched);
    const invoicing = new InvoicingRows();
    const collection = await CollectionRows.of(manager, placed, touched);
    for (const [index, found] of placed.entries()) {
      if (index > 0 && index % EVENTS_AT_ONCE === 0) await setImmediate();
      because(found.event, () => {
        const from = firstDayMoved(touched, found);
        foldInto(touched, found);
        for (const { provider, customerId, day, recordedAt } of usage.fold(found)) {
          openFirstPeriod(touched, keyOf(provider, customerId), day, recordedAt);
        }
        charging.fold(touched, found, from);
        invoicing.fold(touched, found);
        collection.fold(touched, found);
      });
    }
    announceCustomers(touched);
    await announceEnds(manager, placed, touched);
    await writeTouched(manager, touched);
    await writeHolders(manager, placed, touched);
    await charging.write(manager);
    await invoicing.write(manager);
    await writeMoved(manager, touched, charging.noted, invoicing.closed);
    await collection.write(manager);
    await usage.write(manager);
  },
};

const writeTouched = async (manager: EntityManager, touched: Touched): Promise<void> => {
  await upsert(manager, "billing_customers", ["provider_id", "customer_id"], [...touched.customers.values()]);
  await upsert(manager, "billing_accounts", ["provider_id", "account_id"], [...touched.accounts.values()]);
  await upsert(manager, "billing_classes", ["provider_id", "customer_class_id"], [...touched.classes.values()]);
  await upsert(manager, "billing_commitments", ["provider_id", "commitment_id"], [...touched.commitments.values()]);
};
