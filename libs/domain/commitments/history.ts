import { type Account } from "../accounts/account.js";
import { compareText } from "../by-day.js";
import { addDays, later, type LocalDate } from "../calendar.js";
import { type CustomerClass } from "../catalog/customer-class.js";
import { type Customer } from "../customers/customer.js";
import { type Commitment } from "./commitment.js";
import { holdings } from "./holders.js";

/** A customer with everything it holds or held: states folded from streams, which its charges are computed from. */
export interface CustomerHistory {
  readonly customer: Customer;
  /** By account id: the customer's own, and those of the other holders of its commitments. */
  readonly accounts: ReadonlyMap<string, Account>;
  /** By class id: at least those that the customer or another holder ever belonged to. */
  readonly classes: ReadonlyMap<string, CustomerClass>;
  /** Those that the customer holds or held, in any order. */
  readonly commitments: readonly Commitment[];
  /** The other customers that hold or held these commitments, by id (docs/rules.md#transfer). */
  readonly others: ReadonlyMap<string, OtherHolder>;
}

/** Another customer that holds or held a commitment of the history. */
export interface OtherHolder {
  readonly customer: Customer;
  /** First day after its last closed period; null: none was closed. */
  readonly closedTo: LocalDate | null;
  /** Its periods whose invoices are void, by their first days: their discounts are claimed back by nobody. */
  readonly voided: ReadonlySet<LocalDate>;
  /** Its one-time fees that went with a void invoice, as lines are compared: their discounts are claimed back by nobody. */
  readonly feesGone: ReadonlySet<string>;
}

/** The history, should another customer hold or have held a commitment of it. @param history of that customer */
export const withHolder = (
  history: CustomerHistory,
  {
    history: other,
    ...holder
  }: { readonly history: CustomerHistory } & Pick<OtherHolder, "closedTo" | "voided" | "feesGone">,
): CustomerHistory => ({
  ...history,
  accounts: new Map([...other.accounts, ...history.accounts]),
  others: new Map([
    // They may have shared another commitment before: nobody is another holder beside itself.
    ...[...other.others].filter(([customerId]) => customerId !== history.customer.customerId),
    [other.customer.customerId, { customer: other.customer, ...holder }],
    ...history.others,
  ]),
});

/** Where a commitment ends: by its own termination or by the closing of its account or customer. */
export interface End {
  /** Last charged day. */
  readonly on: LocalDate;
  /** The event that ends it; empty for a termination that was not recorded. */
  readonly causes: readonly string[];
}

/**
 * The earliest of a commitment's termination and the closings of the accounts and customers that hold it
 * (docs/rules.md#closing). A closing counts where a day after it would be charged to whom it closed: not on the last
 * day before a transfer, nor later. On the same day the closing counts, so that the termination that a processor
 * records for it later changes nothing, causes included.
 * @returns null: nothing ends it
 */
export const endOf = (commitment: Commitment, history: Parties): End | null => {
  const { termination } = commitment;
  const closings = holdings(commitment).flatMap(({ holder, from, to }, index) =>
    [customerOf(history, holder.customerId), history.accounts.get(holder.accountId)].flatMap((closed): Ending[] => {
      if (closed?.closedOn == null) return [];
      // Only the first holder may have been closed before it held the commitment: then that was never served.
      const on = index === 0 ? closed.closedOn : later(closed.closedOn, addDays(from, -1));
      return to !== null && addDays(on, 1) >= to ? [] : [{ on, eventId: closed.closedEventId }];
    }),
  );
  const ends = [...closings, { on: termination?.on ?? null, eventId: termination?.eventId ?? null }];
  return ends.reduce<End | null>((first, { on, eventId }) => {
    if (on === null || (first !== null && first.on <= on)) return first;
    return { on, causes: eventId === null ? [] : [eventId] };
  }, null);
};

/** The customers and accounts of a history. */
type Parties = Pick<CustomerHistory, "customer" | "accounts" | "others">;

interface Ending {
  readonly on: LocalDate;
  readonly eventId: string | null;
}

const customerOf = ({ customer, others }: Parties, customerId: string): Customer | undefined =>
  customerId === customer.customerId ? customer : others.get(customerId)?.customer;

/** Commitments by start, then id: the order of charge lines. */
export const inOrder = (commitments: readonly Commitment[]): Commitment[] =>
  [...commitments].sort((a, b) => compareText(a.start, b.start) || compareText(a.commitmentId, b.commitmentId));
