import { quoteEarlyTermination } from "#domain/billing/early-termination-quote.js";
import { type CustomerBilling } from "#domain/billing/ledger.js";
import { type LocalDate } from "#domain/calendar.js";
import { type Commitment } from "#domain/commitments/commitment.js";
import { existing } from "#domain/commitments/guards.js";
import { type TerminationFacts } from "#domain/commitments/terminate.js";
import { customerBilling } from "../command/customer-billing.js";
import { type Loading } from "../command/definition.js";
import { type Named, type NamedFacts } from "#read-models/facts/named.js";

/** Facts of commands on a commitment, with the billing that early-termination quotes are computed from. */
export interface BillingFacts extends TerminationFacts {
  readonly billing: CustomerBilling;
}

/**
 * The billing of the customer that holds the commitment; nothing is loaded for an unknown commitment.
 * @param from the day of a termination, whose quote depends on what was billed since
 * @throws Rejection COMMITMENT_NOT_FOUND; Unavailable when the customer is not projected yet
 */
export const billingOf = async (
  { state, providerId, facts, closedDays }: Loading<Commitment | null>,
  from?: LocalDate,
): Promise<BillingFacts> => {
  const billing = await customerBilling(facts, providerId, existing(state).customerId, from);
  return { history: billing.history, quote: quoteEarlyTermination(billing), billing, closedDays };
};

/**
 * The same, with the aggregates that the command names, loaded in parallel; of the account that holds the commitment
 * where it names none. @throws as `billingOf`
 */
export const billingAndNamed = async (
  loading: Loading<Commitment | null>,
  named: Partial<Named>,
): Promise<BillingFacts & NamedFacts> => {
  const { accountId } = existing(loading.state);
  const [billing, found] = await Promise.all([
    billingOf(loading),
    loading.facts.named(loading.providerId, { accountId, ...named }),
  ]);
  return { ...billing, ...found };
};
