import { accountEvolver } from "#domain/accounts/account.js";
import { closeWithCustomer } from "#domain/accounts/decide.js";
import { identifierEvolver, releaseIdentifier, reserveIdentifier } from "#domain/accounts/identifier.js";
import { quoteEarlyTermination } from "#domain/billing/early-termination-quote.js";
import { dateOf, type Instant } from "#domain/calendar.js";
import { commitmentEvolver } from "#domain/commitments/commitment.js";
import { terminateWithClosing } from "#domain/commitments/terminate.js";
import { loadAggregate } from "#event-store/fold.js";
import { decideAndAppend } from "#application/decide-and-append.js";
import { streamName } from "#event-store/streams.js";
import { type Billing, loadBilling } from "#read-models/billing/load.js";
import {
  openAccountsOfClosed,
  openCommitmentsOfClosed,
  type UnusedIdentifier,
  unusedIdentifiers,
} from "#read-models/billing/leftovers.js";
import { type Context, workerCommand } from "./context.js";

const RESERVATION_HOLDS = 3_600_000;

/**
 * Finishes what closing an account or a customer left: its accounts, their commitments, their identifiers. The feed
 * says what is left, so it does not matter when or how often this runs; every command has a key of its own.
 */
export const settleLeftovers = async (context: Context, provider: string, now: Instant): Promise<void> => {
  await closeAccounts(context, provider, now);
  await terminateCommitments(context, provider, now);
  await releaseIdentifiers(context, provider, now);
};

const closeAccounts = async ({ store, dataSource }: Context, provider: string, now: Instant): Promise<void> => {
  for (const { account_id, closed_on } of await openAccountsOfClosed(dataSource, provider)) {
    await decideAndAppend(store, {
      stream: streamName(provider, "account", account_id),
      evolver: accountEvolver,
      envelope: workerCommand(provider, "closeWithCustomer", `close-account:${account_id}`, now),
      decide: (state) => closeWithCustomer({ closedOn: closed_on }, state),
    });
  }
};

const terminateCommitments = async ({ store, dataSource }: Context, provider: string, now: Instant): Promise<void> => {
  let billing: Billing | null = null;
  for (const left of await openCommitmentsOfClosed(dataSource, provider)) {
    const { commitment_id, customer_id, account_closed_on, customer_closed_on, terminated_on } = left;
    const byAccount =
      account_closed_on !== null && (customer_closed_on === null || account_closed_on < customer_closed_on);
    const closedOn = (byAccount ? account_closed_on : customer_closed_on) ?? "";
    const reason = byAccount ? "ACCOUNT_CLOSED" : "CUSTOMER_CLOSED";
    // They come by customer, and one may have thousands: its history is loaded once.
    if (billing?.row.customer_id !== customer_id) billing = await loadBilling(dataSource, provider, customer_id);
    if (!billing) continue;
    const quote = quoteEarlyTermination(billing);
    // A date that was ordered meanwhile is another thing to replace.
    const key = `terminate:${commitment_id}:${closedOn}:${terminated_on ?? ""}`;
    await decideAndAppend(store, {
      stream: streamName(provider, "commitment", commitment_id),
      evolver: commitmentEvolver,
      envelope: workerCommand(provider, "terminateWithClosing", key, now),
      decide: (state) => terminateWithClosing({ closedOn, reason }, state, { quote }),
    });
  }
};

const releaseIdentifiers = async (context: Context, provider: string, now: Instant): Promise<void> => {
  const staleBefore = new Date(Date.parse(now) - RESERVATION_HOLDS).toISOString();
  for (const unused of await unusedIdentifiers(context.dataSource, provider, staleBefore)) {
    if (await isNeeded(context, provider, unused)) continue;
    await changeIdentifier(context, provider, unused, "release", now);
    // The account's event may have come between the look and the release: then it has the identifier back.
    if (await isNeeded(context, provider, unused)) await changeIdentifier(context, provider, unused, "reserve", now);
  }
};

const changes = { release: releaseIdentifier, reserve: reserveIdentifier };

const changeIdentifier = async (
  { store }: Context,
  provider: string,
  { identifier_hash, owner_id }: UnusedIdentifier,
  change: keyof typeof changes,
  now: Instant,
): Promise<void> => {
  await decideAndAppend(store, {
    stream: streamName(provider, "identifier", identifier_hash),
    evolver: identifierEvolver,
    envelope: workerCommand(provider, `${change}Identifier`, `${change}:${identifier_hash}:${owner_id}:${now}`, now),
    decide: (state) => changes[change]({ ownerId: owner_id, on: dateOf(now, "UTC") }, state),
  });
};

/** The account's own stream has the last word: its event may have come after all. */
const isNeeded = async ({ store }: Context, provider: string, { identifier_hash, owner_id }: UnusedIdentifier) => {
  const { state } = await loadAggregate(store, streamName(provider, "account", owner_id), accountEvolver);
  if (!state || state.closedOn !== null) return false;
  return (
    state.identifierHash === identifier_hash ||
    state.aliases.some(({ identifierHash }) => identifierHash === identifier_hash)
  );
};
