import { quoteEarlyTermination } from "#domain/billing/early-termination-quote.js";
import { addDays } from "#domain/calendar.js";
import { commitmentEvolver, isEarly } from "#domain/commitments/commitment.js";
import { discountEndOn } from "#domain/commitments/discount-end.js";
import { holderOn } from "#domain/commitments/holders.js";
import { termsOn } from "#domain/commitments/terms.js";
import { fold } from "#event-store/fold.js";
import { streamName } from "#event-store/streams.js";
import { findAccounts } from "#read-models/accounts/queries.js";
import { loadBilling } from "#read-models/billing/load.js";
import { wholeProvider } from "#read-models/rows/scope.js";
import { type SignalledTermination } from "./signal.js";
import { eventsThrough, type Told } from "./told.js";

/**
 * The commitment whose last charged day was the day before. Whether it ended early and what that costs is what the code
 * of the close yields, with what is billed.
 */
export const terminationData = async ({ sources, delivery, event }: Told): Promise<SignalledTermination> => {
  const { provider, subjectId, on } = delivery;
  const scope = wholeProvider(provider);
  const id = subjectId ?? "";
  const stream = streamName(provider, "commitment", id);
  const commitment = fold(commitmentEvolver, await eventsThrough(sources.store, stream, event.position));
  if (!commitment) throw new Error("its commitment is not there.");
  const terminatedOn = addDays(on, -1);
  const { accountId, customerId } = holderOn(commitment, terminatedOn);
  const [[account], billing] = await Promise.all([
    findAccounts(sources.dataSource, scope, [accountId]),
    loadBilling(sources.dataSource, scope, customerId, terminatedOn),
  ]);
  if (!account || !billing) throw new Error("its account or customer is not there.");
  const { termination, start, annulled } = commitment;
  const isWaived = termination?.on === terminatedOn && termination.penaltyWaived;
  const discountEnd = discountEndOn(commitment, terminatedOn, terminatedOn);
  return {
    id,
    name: termsOn(commitment, terminatedOn).name,
    account: account.identifier,
    terminatedOn,
    early: !annulled && terminatedOn >= start && isEarly(terminatedOn, discountEnd),
    penalty: quoteEarlyTermination(billing)(commitment, terminatedOn, isWaived),
  };
};
