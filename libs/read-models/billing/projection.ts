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
import { Receivables } from "./receivables.js";
import { upsert } from "./rows.js";

/**
 * The feed of the billing run: states, lines billed and what is due, by customer, in bulk
 * (docs/architecture.md#how-a-close-works).
 */
export const billingProjection: Projection<BillingCategory> = {
  name: "billing",
  version: 3,
  tables: [
    "billing_customers",
    "billing_accounts",
    "billing_classes",
    "billing_commitments",
    "billing_lines",
    "billing_pages",
    "billing_closed_periods",
    "billing_facts",
    "billing_unnumbered",
    "billing_registers",
  ],
  categories: billingCategories,
  async apply(manager, events) {
    const placed = events.map(place);
    const touched = await readTouched(manager, placed);
    const receivables = new Receivables();
    for (const found of placed) {
      because(found.event, () => {
        foldInto(touched, found);
        receivables.fold(touched, found);
      });
    }
    await writeTouched(manager, touched);
    await writeFacts(manager, placed, touched);
    await receivables.write(manager);
  },
};

const writeTouched = async (manager: EntityManager, touched: Touched): Promise<void> => {
  await upsert(manager, "billing_customers", ["provider_id", "customer_id"], [...touched.customers.values()]);
  await upsert(manager, "billing_accounts", ["provider_id", "account_id"], [...touched.accounts.values()]);
  await upsert(manager, "billing_classes", ["provider_id", "customer_class_id"], [...touched.classes.values()]);
  await upsert(manager, "billing_commitments", ["provider_id", "commitment_id"], [...touched.commitments.values()]);
};

/**
 * What can change the charges of a closed period is kept by what it is about: the customer, or the class whose customers
 * it concerns.
 */
const writeFacts = async (manager: EntityManager, placed: readonly Placed[], touched: Touched): Promise<void> => {
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
    })),
  );
};
