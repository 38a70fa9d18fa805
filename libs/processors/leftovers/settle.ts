import { workerCommand } from "#application/processes/context.js";
import { accountEvolver } from "#domain/accounts/account.js";
import { closeWithCustomer } from "#domain/accounts/decide.js";
import { quoteEarlyTermination } from "#domain/billing/early-termination-quote.js";
import { type Instant } from "#domain/calendar.js";
import { commitmentEvolver } from "#domain/commitments/commitment.js";
import { endOf } from "#domain/commitments/history.js";
import { holderOn } from "#domain/commitments/holders.js";
import { terminateWithClosing } from "#domain/commitments/terminate.js";
import { decideAndAppend } from "#application/command/decide-and-append.js";
import { streamName } from "#event-store/streams.js";
import { type Among, openAccountsOfClosed, openCommitmentsOfClosed } from "#read-models/billing/leftovers.js";
import { type Billing, loadBilling } from "#read-models/billing/load.js";
import { wholeProvider } from "#read-models/rows/scope.js";
import { type Effects } from "../runner/processor.js";

export const closeAccounts = async (
  { store, dataSource }: Effects,
  provider: string,
  customerId: string,
  now: Instant,
): Promise<void> => {
  for (const { account_id, closed_on } of await openAccountsOfClosed(dataSource, provider, customerId)) {
    await decideAndAppend(store, {
      stream: streamName(provider, "account", account_id),
      evolver: accountEvolver,
      envelope: workerCommand(provider, "closeWithCustomer", `close-account:${account_id}`, now),
      decide: (state) => closeWithCustomer({ closedOn: closed_on }, state),
    });
  }
};

export const terminateCommitments = async (
  { store, dataSource }: Effects,
  provider: string,
  among: Among,
  now: Instant,
): Promise<void> => {
  // A customer may have thousands: its history is loaded once.
  const loaded = new Map<string, Billing | null>();
  const billingOf = async (customerId: string): Promise<Billing | null> => {
    const known = loaded.get(customerId) ?? (await loadBilling(dataSource, wholeProvider(provider), customerId));
    loaded.set(customerId, known);
    return known;
  };
  for (const { commitment_id, customer_id, revision } of await openCommitmentsOfClosed(dataSource, provider, among)) {
    const history = (await billingOf(customer_id))?.history;
    const commitment = history?.commitments.find(({ commitmentId }) => commitmentId === commitment_id);
    const closing = history && commitment && endOf({ ...commitment, termination: null }, history);
    if (!closing) continue;
    const { on: closedOn, causes } = closing;
    // Who holds it on that day owes the penalty.
    const billing = await billingOf(holderOn(commitment, closedOn).customerId);
    if (!billing) continue;
    const holders = [history.customer, ...[...history.others.values()].map(({ customer }) => customer)];
    const byCustomer = holders.some(({ closedEventId }) => closedEventId !== null && causes.includes(closedEventId));
    const reason = byCustomer ? "CUSTOMER_CLOSED" : "ACCOUNT_CLOSED";
    const quote = quoteEarlyTermination(billing);
    // The key contains the stream's revision: a termination ordered again afterwards is replaced by another command.
    const key = ["terminate", commitment_id, closedOn, revision].join(":");
    await decideAndAppend(store, {
      stream: streamName(provider, "commitment", commitment_id),
      evolver: commitmentEvolver,
      envelope: workerCommand(provider, "terminateWithClosing", key, now),
      decide: (state) => terminateWithClosing({ closedOn, reason }, state, { quote }),
    });
  }
};
