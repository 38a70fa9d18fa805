import { type BasisEntry } from "#domain/invoicing/events.js";
import { type CustomerHistory, type OtherHolder } from "#domain/commitments/history.js";
import { EMPTY_LEDGER, type Ledger } from "#domain/billing/ledger.js";
import { type LocalDate } from "#domain/calendar.js";
import { streamName } from "#event-store/streams.js";
import { groupBy } from "./group-by.js";
import { type HeldRow } from "./holders.js";
import { type AccountRow, type ClassRow, type CommitmentRow, type CustomerRow } from "./rows.js";
import { type UsageAccountRow } from "./usage.js";

/** Rows of the feed for some customers, in the order of their ids. */
export interface LoadedRows {
  readonly customers: readonly CustomerRow[];
  /** The other holders of their commitments. */
  readonly others: readonly CustomerRow[];
  /** Theirs, and those of the other holders that hold or held one of the commitments. */
  readonly accounts: readonly AccountRow[];
  /** At least those that one of them ever belonged to. */
  readonly classes: readonly ClassRow[];
  readonly commitments: readonly HeldRow[];
  readonly ledgers: ReadonlyMap<string, Ledger>;
  readonly voided: ReadonlyMap<string, ReadonlySet<LocalDate>>;
  /** {@link OtherHolder.feesGone}, by customer. */
  readonly gone: ReadonlyMap<string, ReadonlySet<string>>;
  /** Their accounts with calls, by customer. */
  readonly usage: ReadonlyMap<string, readonly UsageAccountRow[]>;
}

/** What the rows tell of one customer, with the streams that they come from. */
export interface Assembled {
  readonly history: CustomerHistory;
  readonly sealed: Ledger;
  readonly closedTo: LocalDate | null;
  readonly basis: readonly BasisEntry[];
  readonly row: CustomerRow;
  /** Its accounts with calls. */
  readonly usageAccounts: readonly UsageAccountRow[];
}

/** Puts together what each customer's charges are computed from. */
export const assembled = (
  provider: string,
  { customers, others, accounts, classes, commitments, ledgers, voided, gone, usage }: LoadedRows,
): Assembled[] => {
  const classStates = new Map(classes.map(({ customer_class_id, state }) => [customer_class_id, state]));
  const accountsOf = groupBy(accounts, ({ customer_id }) => customer_id);
  const accountById = new Map(accounts.map((row) => [row.account_id, row]));
  const commitmentsOf = groupBy(commitments, ({ held_by }) => held_by);
  const customerById = new Map([...others, ...customers].map((row) => [row.customer_id, row]));
  return customers.map((row) => {
    const held = commitmentsOf.get(row.customer_id) ?? [];
    const holders = held.flatMap(({ state }) => state.holders);
    const sharing = new Set(holders.map(({ customerId }) => customerId));
    sharing.delete(row.customer_id);
    const shared = [...sharing].flatMap((id) => customerById.get(id) ?? []);
    const theirs = new Set(
      holders.flatMap(({ customerId, accountId }) => (sharing.has(customerId) ? [accountId] : [])),
    );
    const usageAccounts = usage.get(row.customer_id) ?? [];
    const own = [...(accountsOf.get(row.customer_id) ?? []), ...[...theirs].flatMap((id) => accountById.get(id) ?? [])];
    return {
      history: {
        customer: row.state,
        accounts: new Map(own.map(({ account_id, state }) => [account_id, state])),
        classes: classStates,
        commitments: held.map(({ state }) => state),
        others: new Map(shared.map((other) => [other.customer_id, otherHolder(other, voided, gone)])),
      },
      sealed: ledgers.get(row.customer_id) ?? EMPTY_LEDGER,
      closedTo: row.closed_to,
      basis: [
        ...basisOf(provider, [row, ...shared], own, held, classesOf([row, ...shared], classes)),
        ...usageBasis(provider, usageAccounts),
      ],
      row,
      usageAccounts,
    };
  });
};

const otherHolder = (
  { customer_id, state, closed_to }: CustomerRow,
  voided: ReadonlyMap<string, ReadonlySet<LocalDate>>,
  gone: ReadonlyMap<string, ReadonlySet<string>>,
): OtherHolder => ({
  customer: state,
  closedTo: closed_to,
  voided: voided.get(customer_id) ?? new Set(),
  feesGone: gone.get(customer_id) ?? new Set(),
});

const classesOf = (customers: readonly CustomerRow[], classes: readonly ClassRow[]): ClassRow[] => {
  const ids = new Set(customers.flatMap(({ state }) => state.classes.map(({ customerClassId }) => customerClassId)));
  return classes.filter(({ customer_class_id }) => ids.has(customer_class_id));
};

/** What was billed of the accounts' calls; what was recorded of calls is not named, and summed up there. */
export const usageBasis = (provider: string, accounts: readonly UsageAccountRow[]): BasisEntry[] =>
  accounts.flatMap(({ account_id, revision }) =>
    revision === "-1" ? [] : [{ stream: streamName(provider, "usage", account_id), revision }],
  );

/**
 * The streams of the customer and of the other holders of its commitments, those of their classes, and the receivables
 * streams: the ledger comes from the customer's own, and those of the others say what is void.
 */
const basisOf = (
  provider: string,
  customers: readonly CustomerRow[],
  accounts: readonly AccountRow[],
  commitments: readonly CommitmentRow[],
  classes: readonly ClassRow[],
): BasisEntry[] => {
  const entry = (category: string, id: string, revision: string): BasisEntry => ({
    stream: streamName(provider, category, id),
    revision,
  });
  return [
    ...customers.map(({ customer_id, revision }) => entry("customer", customer_id, revision)),
    ...classes.map(({ customer_class_id, revision }) => entry("customerclass", customer_class_id, revision)),
    ...accounts.map(({ account_id, revision }) => entry("account", account_id, revision)),
    ...commitments.map(({ commitment_id, revision }) => entry("commitment", commitment_id, revision)),
    ...customers.flatMap(({ customer_id, receivables_revision: revision }) =>
      revision === "-1" ? [] : [entry("receivables", customer_id, revision)],
    ),
  ];
};
