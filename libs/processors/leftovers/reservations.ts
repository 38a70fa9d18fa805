import { workerCommand } from "#application/processes/context.js";
import { accountEvolver } from "#domain/accounts/account.js";
import { identifierEvolver, releaseIdentifier, reserveIdentifier } from "#domain/accounts/identifier.js";
import { dateOf, type Instant } from "#domain/calendar.js";
import { loadAggregate } from "#event-store/fold.js";
import { decideAndAppend } from "#application/command/decide-and-append.js";
import { streamName } from "#event-store/streams.js";
import { firstUnusedSince, type UnusedIdentifier, unusedIdentifiers } from "#read-models/billing/leftovers.js";
import { type Effects } from "../runner/processor.js";

/** Milliseconds, by the provider's clock, that a reservation is kept while its account's event is missing. */
export const RESERVATION_HOLDS_MS = 3_600_000;

/** @returns when the next unused reservation is to be released; undefined: there is none */
export const releaseReservations = async (
  effects: Effects,
  provider: string,
  now: Instant,
): Promise<{ readonly again: Instant } | undefined> => {
  const staleBefore = new Date(Date.parse(now) - RESERVATION_HOLDS_MS).toISOString();
  for (const unused of await unusedIdentifiers(effects.dataSource, provider, staleBefore)) {
    if (await isNeeded(effects, provider, unused)) continue;
    await changeIdentifier(effects, provider, unused, "release", now);
    // The account's event may have been appended between the check and the release: then reserve the identifier again.
    if (await isNeeded(effects, provider, unused)) await changeIdentifier(effects, provider, unused, "reserve", now);
  }
  const since = await firstUnusedSince(effects.dataSource, provider, staleBefore);
  return since === null ? undefined : { again: new Date(Date.parse(since) + RESERVATION_HOLDS_MS + 1).toISOString() };
};

const changes = { release: releaseIdentifier, reserve: reserveIdentifier };

const changeIdentifier = async (
  { store }: Effects,
  provider: string,
  { identifier_hash, owner_id }: UnusedIdentifier,
  change: keyof typeof changes,
  now: Instant,
): Promise<void> => {
  const stream = streamName(provider, "identifier", identifier_hash);
  const { revision } = await loadAggregate(store, stream, identifierEvolver);
  // What was released may be reserved and released again, at the same time of a test clock that stands still.
  const key = [change, identifier_hash, owner_id, revision].join(":");
  await decideAndAppend(store, {
    stream,
    evolver: identifierEvolver,
    envelope: workerCommand(provider, `${change}Identifier`, key, now),
    decide: (state) => changes[change]({ ownerId: owner_id, on: dateOf(now, "UTC") }, state),
  });
};

/** Whether the account uses the identifier, by its own stream: rows may be behind. */
const isNeeded = async ({ store }: Effects, provider: string, { identifier_hash, owner_id }: UnusedIdentifier) => {
  const { state } = await loadAggregate(store, streamName(provider, "account", owner_id), accountEvolver);
  if (!state || state.closedOn !== null) return false;
  return (
    state.identifierHash === identifier_hash ||
    state.aliases.some(({ identifierHash }) => identifierHash === identifier_hash)
  );
};
