import { type EntityManager } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { customersOf } from "#domain/commitments/holders.js";
import { eventTypes, isOf } from "#event-store/catalogue.js";
import { because } from "../runner/contradiction.js";
import { type Projection } from "../runner/projection.js";
import {
  billingCategories,
  type BillingCategory,
  type BillingEvent,
  foldInto,
  keyOf,
  place,
  type Placed,
  readTouched,
  type Touched,
} from "./fold.js";
import { coHolders, writeHolders } from "./holders.js";
import { InvoicingRows } from "./invoicing.js";
import { upsert } from "./rows.js";

/**
 * The billing feed: states, lines billed and days on which something is due, by customer
 * (docs/architecture.md#how-a-close-works).
 */
export const billingProjection: Projection<BillingCategory> = {
  name: "billing",
  version: 7,
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
    await writeHolders(manager, placed, touched);
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
 * Writes the batch's charging events, by every customer or customer class that they concern. The table `billing_facts`
 * holds them.
 */
const writeChargingEvents = async (
  manager: EntityManager,
  placed: readonly Placed[],
  touched: Touched,
): Promise<void> => {
  const charging = placed.filter(({ event }) => eventTypes[event.type].movesCharges || isReissue(event));
  const owned = charging.flatMap((found) => {
    const id = ownerOf(found, touched);
    return id === undefined ? [] : [{ provider: found.provider, id }];
  });
  const others = await coHolders(manager, owned);
  const rows = charging.flatMap((found) => {
    const { event, provider } = found;
    return subjectsOf(found, touched, others).flatMap((subject_id) => {
      const effective_on = takesEffectFor(found, subject_id);
      if (effective_on === null) return [];
      const revision = event.revision.toString();
      return [
        {
          provider_id: provider,
          stream: event.stream,
          revision,
          subject_id,
          effective_on,
          type: event.type,
          event_id: event.id,
        },
      ];
    });
  });
  await upsert(manager, "billing_facts", ["provider_id", "stream", "revision", "subject_id"], rows);
};

const isReissue = ({ type, data }: BillingEvent): boolean =>
  (type === "InvoiceSealed" || type === "CreditNoteSealed" || type === "PeriodClosed") && data.reissueOf !== undefined;

/**
 * The first day whose charges an event changes for a customer; null: it changes none. A void invoice, or its reissue,
 * takes effect on its period for those that share a commitment; for its own customer only on the periods that
 * adjustments on it corrected.
 */
const takesEffectFor = ({ event, id }: Placed, subjectId: string): LocalDate | null => {
  switch (event.type) {
    case "InvoiceVoided":
      return subjectId === id ? event.data.undoneFrom : event.data.period.from;
    case "InvoiceSealed":
    case "CreditNoteSealed":
    case "PeriodClosed":
      return subjectId === id ? null : event.data.period.from;
    default:
      return event.data.effectiveOn;
  }
};

/** The customer whose event, or whose account's, it is. */
const ownerOf = ({ event, provider, id }: Placed, { accounts }: Touched): string | undefined => {
  if (isOf(event, "customer") || isOf(event, "receivables")) return id;
  return isOf(event, "account") ? accounts.get(keyOf(provider, id))?.customer_id : undefined;
};

/**
 * Every customer whose lines an event can change: those that hold or held the commitment, and of a customer's event
 * those that share a commitment with it too (docs/rules.md#transfer).
 */
const subjectsOf = (
  found: Placed,
  touched: Touched,
  others: ReadonlyMap<string, readonly string[]>,
): readonly string[] => {
  const { event, provider, id } = found;
  const commitment = isOf(event, "commitment") ? touched.commitments.get(keyOf(provider, id)) : undefined;
  if (commitment) return customersOf(commitment.state);
  const owner = ownerOf(found, touched) ?? id;
  return [owner, ...(others.get(keyOf(provider, owner)) ?? [])];
};
