import { type EntityManager } from "typeorm";
import { eventTypes, isOf } from "#event-store/catalogue.js";
import { because } from "../runner/contradiction.js";
import { type Projection } from "../runner/projection.js";
import {
  billingCategories,
  type BillingCategory,
  foldInto,
  keyOf,
  place,
  type Placed,
  readTouched,
  type Touched,
} from "./fold.js";
import { InvoicingRows } from "./invoicing.js";
import { upsert } from "./rows.js";

/**
 * The billing feed: states, lines billed and days on which something is due, by customer
 * (docs/architecture.md#how-a-close-works).
 */
export const billingProjection: Projection<BillingCategory> = {
  name: "billing",
  version: 4,
  tables: [
    "billing_customers",
    "billing_accounts",
    "billing_classes",
    "billing_commitments",
    "billing_lines",
    "billing_ledger",
    "billing_pages",
    "billing_basis_pages",
    "billing_closed_periods",
    "billing_facts",
    "billing_unnumbered",
    "billing_registers",
  ],
  categories: billingCategories,
  async apply(manager, events) {
    const placed = events.map(place);
    const touched = await readTouched(manager, placed);
    const invoicing = new InvoicingRows();
    for (const found of placed) {
      because(found.event, () => {
        foldInto(touched, found);
        invoicing.fold(touched, found);
      });
    }
    await writeTouched(manager, touched);
    await writeChargingEvents(manager, placed, touched);
    await invoicing.write(manager);
  },
};

const writeTouched = async (manager: EntityManager, touched: Touched): Promise<void> => {
  await upsert(manager, "billing_customers", ["provider_id", "customer_id"], [...touched.customers.values()]);
  await upsert(manager, "billing_accounts", ["provider_id", "account_id"], [...touched.accounts.values()]);
  await upsert(manager, "billing_classes", ["provider_id", "customer_class_id"], [...touched.classes.values()]);
  await upsert(manager, "billing_commitments", ["provider_id", "commitment_id"], [...touched.commitments.values()]);
};

/**
 * Writes the batch's charging events, by the customer or customer class that they concern. The table `billing_facts`
 * holds them.
 */
const writeChargingEvents = async (
  manager: EntityManager,
  placed: readonly Placed[],
  touched: Touched,
): Promise<void> => {
  const rows = placed.filter(({ event }) => eventTypes[event.type].movesCharges);
  await upsert(
    manager,
    "billing_facts",
    ["provider_id", "stream", "revision"],
    rows.map(({ event, provider, id }) => ({
      provider_id: provider,
      stream: event.stream,
      revision: event.revision.toString(),
      subject_id:
        touched.commitments.get(keyOf(provider, id))?.customer_id ??
        (isOf(event, "account") ? touched.accounts.get(keyOf(provider, id))?.customer_id : undefined) ??
        id,
      effective_on: event.data.effectiveOn,
      type: event.type,
      event_id: event.id,
    })),
  );
};
