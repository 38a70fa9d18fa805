import { workerCommand } from "#application/processes/context.js";
import { accountEvolver } from "#domain/accounts/account.js";
import { closeWithCustomer } from "#domain/accounts/decide.js";
import { quoteEarlyTermination } from "#domain/billing/early-termination-quote.js";
import { type Instant } from "#domain/calendar.js";
import { commitmentEvolver } from "#domain/commitments/commitment.js";
import { terminateWithClosing } from "#domain/commitments/terminate.js";
import { decideAndAppend } from "#application/command/decide-and-append.js";
import { streamName } from "#event-store/streams.js";
import { type Among, openAccountsOfClosed, openCommitmentsOfClosed } from "#read-models/billing/leftovers.js";
import { type Billing, loadBilling } from "#read-models/billing/load.js";
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
  let billing: Billing | null = null;
  for (const left of await openCommitmentsOfClosed(dataSource, provider, among)) {
    const { commitment_id, customer_id, account_closed_on, customer_closed_on, revision } = left;
    const byAccount =
      account_closed_on !== null && (customer_closed_on === null || account_closed_on < customer_closed_on);
    const closedOn = byAccount ? account_closed_on : customer_closed_on;
    if (closedOn === null) throw new Error(`neither account nor customer of the commitment ${commitment_id} is closed`);
    const reason = byAccount ? "ACCOUNT_CLOSED" : "CUSTOMER_CLOSED";
    // All are of one customer, which may have thousands: its history is loaded once.
    billing ??= await loadBilling(dataSource, provider, customer_id);
    if (!billing) continue;
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
