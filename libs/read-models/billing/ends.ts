import { type EntityManager } from "typeorm";
import { earliest } from "#domain/calendar.js";
import { todayOf } from "#domain/customers/customer.js";
import { endWarningOf, nextEndNears } from "#domain/lifecycle/end-nears.js";
import { nextDueOn } from "#domain/lifecycle/signals.js";
import { isOf } from "#event-store/catalogue.js";
import { keyOf, type Placed, type Touched } from "./fold.js";
import { type ClassRow, type CommitmentRow, type CustomerRow, readByIds } from "./rows.js";

/**
 * Sets when the holders of commitments are told next that a discount ends, and with it the days of the commitments' next
 * signals: of the batch's commitments, and of those whose holder's class, or its terms, changed in it.
 */
export const announceEnds = async (
  manager: EntityManager,
  placed: readonly Placed[],
  touched: Touched,
): Promise<void> => {
  const { commitments, customers, classes } = touched;
  for (const row of await ofChangedClasses(manager, placed)) {
    const key = keyOf(row.provider_id, row.commitment_id);
    if (!commitments.has(key)) commitments.set(key, row);
  }
  const ending = [...commitments.values()].filter(({ ends, end_nears }) => ends.length > 0 || end_nears !== null);
  const holders = new Map(customers);
  const missing = ending.filter((row) => !customers.has(keyOf(row.provider_id, row.customer_id)));
  const keys = missing.map((row) => ({ provider: row.provider_id, id: row.customer_id }));
  for (const row of await readByIds<CustomerRow>(manager, "billing_customers", "customer_id", unique(keys))) {
    holders.set(keyOf(row.provider_id, row.customer_id), row);
  }
  const known = new Map(classes);
  const wanted = [...holders.values()].flatMap(({ provider_id, state }) =>
    state.classes.flatMap(({ customerClassId }) =>
      customerClassId === null ? [] : [{ provider: provider_id, id: customerClassId }],
    ),
  );
  const absent = unique(wanted).filter(({ provider, id }) => !known.has(keyOf(provider, id)));
  for (const row of ending.length === 0
    ? []
    : await readByIds<ClassRow>(manager, "billing_classes", "customer_class_id", absent)) {
    known.set(keyOf(row.provider_id, row.customer_class_id), row);
  }
  for (const [key, row] of commitments) {
    const { provider_id, commitment_id, customer_id, state, ends, lifecycle } = row;
    const due = nextDueOn(state, lifecycle);
    const holder = holders.get(keyOf(provider_id, customer_id));
    if (!holder || (ends.length === 0 && row.end_nears === null)) {
      commitments.set(key, { ...row, next_signal_on: due });
      continue;
    }
    const warning = endWarningOf(state, holder.state, (id) => known.get(keyOf(provider_id, id))?.state);
    const end_nears = nextEndNears(commitment_id, ends, lifecycle, warning, (at) => todayOf(holder.state, at));
    const next_signal_on = end_nears === null ? due : earliest(due, end_nears.data.effectiveOn);
    commitments.set(key, { ...row, end_nears, next_signal_on });
  }
};

/** The commitments with an end to be told of whose holder's class changed in the batch, or the terms of that class. */
const ofChangedClasses = async (manager: EntityManager, placed: readonly Placed[]): Promise<CommitmentRow[]> => {
  const moved = placed.filter(({ event }) => event.type === "CustomerClassSet");
  const revised = placed.filter(({ event }) => isOf(event, "customerclass") && event.type === "CustomerClassRevised");
  if (moved.length === 0 && revised.length === 0) return [];
  return manager.query<CommitmentRow[]>(
    `SELECT k.* FROM billing_commitments k
       JOIN billing_customers c ON c.provider_id = k.provider_id AND c.customer_id = k.customer_id
      WHERE k.ends <> '[]' AND ((c.provider_id, c.customer_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))
         OR EXISTS (SELECT FROM unnest($3::uuid[], $4::text[]) AS r (provider_id, class_id)
                     WHERE r.provider_id = c.provider_id
                       AND c.state -> 'classes' @> jsonb_build_array(jsonb_build_object('customerClassId', r.class_id))))`,
    [
      moved.map(({ provider }) => provider),
      moved.map(({ id }) => id),
      revised.map(({ provider }) => provider),
      revised.map(({ id }) => id),
    ],
  );
};

const unique = (keys: readonly { readonly provider: string; readonly id: string }[]) => [
  ...new Map(keys.map((key) => [keyOf(key.provider, key.id), key])).values(),
];
