import { inclusive, type Instant, type Interval } from "#domain/calendar.js";
import { type UsageSummarised } from "#domain/voice/usage-events.js";
import { UsageSum } from "#domain/voice/usage.js";
import { canonicalJson } from "#event-store/canonical-json.js";
import { chainEvents } from "#event-store/chain-events.js";
import { sha256 } from "#event-store/content-hash.js";
import { type RecordedEvent } from "#event-store/event.js";
import { type EventStore } from "#event-store/event-store.js";
import { usageEventId, usageRowId } from "#event-store/ids.js";
import { positionToText } from "#event-store/position.js";
import { streamName } from "#event-store/streams.js";
import { usageBasis } from "#read-models/billing/assemble.js";
import {
  accountsToBill,
  CALLS_PER_PAGE,
  type CallToBill,
  callsToBill,
  placesCounted,
  tariffNames,
} from "#read-models/billing/calls-to-bill.js";
import { type Billing } from "#read-models/billing/load.js";
import { customerUsage, type UsageAccountRow, type UsagePeriodRow, UsageRows } from "#read-models/billing/usage.js";
import { type Queryable } from "#read-models/runner/checkpoints.js";
import { faultPoint } from "#read-models/runner/fault-point.js";
import { ACTOR } from "../context.js";

/**
 * Sums up what the customer's accounts used for the close of a period: an event for each account with calls that no close
 * has counted, before the pages of the invoice are written (docs/rules.md#usage). An account and period have one, whoever
 * repeats the close: what was recorded first counts, and calls that came in behind it are late.
 * @returns the billing with what is recorded now
 * @throws WrongExpectedRevision where somebody else recorded something that the feed does not show
 */
export const sumUsage = async (
  store: EventStore,
  db: Queryable,
  billing: Billing,
  period: Interval,
  now: Instant,
): Promise<Billing> => {
  const { provider_id: provider } = billing.row;
  const open = billing.usageAccounts.filter(({ to_on }) => to_on === null || to_on < period.to);
  const accounts = await accountsToBill(db, provider, open, period.to);
  if (accounts.length === 0) return billing;
  const summed: RecordedEvent<UsageSummarised>[] = [];
  for (const account of accounts) {
    summed.push(await record(store, account, await summaryOf(db, account, period), now));
    await faultPoint("close.usage-summed");
  }
  return withSummed(billing, summed);
};

const summaryOf = async (db: Queryable, account: UsageAccountRow, period: Interval): Promise<UsageSummarised> => {
  const { provider_id: provider, account_id: accountId, customer_id: customerId } = account;
  const names = new Map<string, string>();
  const sum = new UsageSum(period, {
    rowIdOf: ({ tariffId, leg, prefix }) => usageRowId(accountId, tariffId, leg, prefix),
    tariffOf: (tariffId) => names.get(tariffId) ?? tariffId,
  });
  let last: CallToBill | null = null;
  for (;;) {
    const page: CallToBill[] = await callsToBill(db, provider, account, period.to, last);
    const unnamed = page.flatMap(({ tariffId }) => (names.has(tariffId) ? [] : [tariffId]));
    if (unnamed.length > 0) for (const [id, name] of await tariffNames(db, provider, unnamed)) names.set(id, name);
    for (const call of page) sum.add(call);
    last = page.at(-1) ?? last;
    if (page.length < CALLS_PER_PAGE) break;
  }
  if (!last) throw new Error(`The calls of account ${accountId} are gone`);
  return {
    type: "UsageSummarised",
    data: {
      ...{ accountId, customerId, period: inclusive(period) },
      ...sum.summary((value) => sha256(canonicalJson(value))),
      countedTo: await furthest(db, account, last),
      effectiveOn: period.to,
    },
  };
};

/**
 * The last event whose calls count. Calls of this period may all have been recorded before some that the close before
 * counted, where that one was late: these must not be counted again, so that places never go back.
 */
const furthest = async (
  db: Queryable,
  { provider_id: provider, account_id: accountId, counted_event: eventId, counted_commit: noted }: UsageAccountRow,
  last: CallToBill,
): Promise<UsageSummarised["data"]["countedTo"]> => {
  const at = (commit: bigint): string => positionToText({ commit, prepare: commit });
  const own = { eventId: last.eventId, position: at(BigInt(last.commit)) };
  if (eventId === null || noted === null) return own;
  const before = { eventId, position: at(BigInt(noted)) };
  const places = await placesCounted(db, provider, accountId, [before]);
  return (places.get(eventId) ?? 0n) > BigInt(last.commit) ? before : own;
};

/** @returns what the stream has: of a repetition what was recorded first */
const record = async (
  store: EventStore,
  { provider_id: provider, account_id: accountId, revision, hash }: UsageAccountRow,
  event: UsageSummarised,
  now: Instant,
): Promise<RecordedEvent<UsageSummarised>> => {
  const stream = streamName(provider, "usage", accountId);
  const id = usageEventId(provider, accountId, event.data.period.from);
  const chained = chainEvents({
    stream,
    previousHash: hash,
    provider,
    actor: ACTOR,
    commandId: id,
    correlationId: id,
    causationId: id,
    recordedAt: now,
    events: [event],
  }).map((one) => ({ ...one, id }));
  const expected = BigInt(revision);
  const appended = await store.append(stream, expected < 0n ? "no_stream" : expected, chained);
  // The store takes an event with a known id for a repetition, whatever it holds.
  const [stored] = await store.readStream(stream, { from: appended.revision, limit: 1 });
  if (stored?.type !== "UsageSummarised" || stored.id !== id) {
    throw new Error(`${stream} does not have the summary of the period from ${event.data.period.from}`);
  }
  return stored;
};

/** The billing as the feed will show it. */
const withSummed = (billing: Billing, summed: readonly RecordedEvent<UsageSummarised>[]): Billing => {
  const { provider_id: provider, customer_id: customerId } = billing.row;
  const rows = UsageRows.fromTheFirst();
  for (const account of billing.usageAccounts) rows.know(account);
  for (const event of summed) rows.fold({ event, provider, id: event.data.accountId });
  const usageAccounts = billing.usageAccounts.flatMap(({ account_id }) => rows.account(provider, account_id) ?? []);
  const known: UsagePeriodRow[] = billing.usage.periods.flatMap(({ from, accounts }) =>
    accounts.map(({ accountId, groups, causes }) => ({
      ...{ provider_id: provider, account_id: accountId, period_from: from, customer_id: customerId },
      ...{ groups, causes },
    })),
  );
  const named = new Set(usageBasis(provider, usageAccounts).map(({ stream }) => stream));
  const basis = billing.basis.filter(({ stream }) => !named.has(stream));
  return {
    ...billing,
    usageAccounts,
    basis: [...basis, ...usageBasis(provider, usageAccounts)],
    usage: customerUsage(usageAccounts, [...known, ...rows.allPeriods()]),
  };
};
