import { inclusive, type Interval } from "#domain/calendar.js";
import { type DomainEvent, type Evolver } from "#domain/event.js";
import { callsOf } from "#domain/voice/events.js";
import { type UsageSummarised } from "#domain/voice/usage-events.js";
import { summaryOf } from "#domain/voice/usage.js";
import { type RatedXdr } from "#domain/voice/xdr.js";
import { canonicalJson } from "#event-store/canonical-json.js";
import { sha256 } from "#event-store/content-hash.js";
import { type RecordedEvent } from "#event-store/event.js";
import { usageRowId } from "#event-store/ids.js";
import { positionToText } from "#event-store/position.js";
import { type UsageAccountRow } from "#read-models/billing/usage.js";
import { type World } from "./world.js";

/** A call with an amount as it is now, and where in the log it got one. */
export interface KnownCall {
  readonly eventId: string;
  readonly commit: bigint;
  readonly call: RatedXdr;
}

/** As the read model of calls does it. */
export const knowCalls = (world: World, event: RecordedEvent): void => {
  if (event.type === "CallCorrected") {
    const { key, amount, rating } = event.data;
    const place = world.calls.findIndex(({ call }) => call.key === key);
    const known = world.calls[place];
    if (known) world.calls[place] = { ...known, call: { ...known.call, ...rating, amount } };
  }
  if (event.type !== "CallsRecorded") return;
  for (const call of callsOf(event.data)) {
    if (call.state === "RATED") world.calls.push({ eventId: event.id, commit: event.position.commit, call });
  }
};

/** Nothing is decided by what was summed up before: the billing feed knows it. */
const nothing: Evolver<null, DomainEvent> = { initial: null, evolve: () => null };

/** As the worker does it before it closes a period: an event for each account with calls that no close has counted. */
export const sumUsage = async (
  world: World,
  accounts: readonly UsageAccountRow[],
  period: Interval,
): Promise<boolean> => {
  const summed = accounts.flatMap((account) => summarised(world, account, period) ?? []);
  for (const event of summed) await world.settle("usage", event.data.accountId, nothing, () => [event]);
  return summed.length > 0;
};

const summarised = (
  world: World,
  { account_id: accountId, customer_id: customerId, to_on, counted_commit }: UsageAccountRow,
  period: Interval,
): UsageSummarised | null => {
  const isCounted = ({ commit, call }: KnownCall): boolean =>
    to_on !== null && counted_commit !== null && call.day < to_on && commit <= BigInt(counted_commit);
  const calls = world.calls.filter(
    (known) => known.call.accountId === accountId && known.call.day < period.to && !isCounted(known),
  );
  const last = calls.at(-1);
  if (!last) return null;
  const tariffs = world.all("tariff");
  const texts = {
    rowIdOf: ({ tariffId, leg, prefix }: { tariffId: string; leg: RatedXdr["leg"]; prefix: string }) =>
      usageRowId(accountId, tariffId, leg, prefix),
    tariffOf: (tariffId: string) => tariffs.get(tariffId)?.name ?? tariffId,
  };
  const hash = (value: unknown): string => sha256(canonicalJson(value));
  const summary = summaryOf(
    calls.map(({ call }) => call),
    period,
    texts,
    hash,
  );
  const { commit } = last;
  return {
    type: "UsageSummarised",
    data: {
      ...{ accountId, customerId, period: inclusive(period), ...summary },
      countedTo: { eventId: last.eventId, position: positionToText({ commit, prepare: commit }) },
      effectiveOn: period.to,
    },
  };
};
