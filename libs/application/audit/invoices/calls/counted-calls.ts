import { addDays, halfOpen, type LocalDate } from "#domain/calendar.js";
import { formatRated, ZERO } from "#domain/money.js";
import { type CallCorrected, type UsageSummarised } from "#domain/voice/usage-events.js";
import { type SummedCall, type UsageGroup, UsageSum } from "#domain/voice/usage.js";
import { canonicalJson } from "#event-store/canonical-json.js";
import { isOf } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { usageRowId } from "#event-store/ids.js";
import { type Reach } from "#read-models/calls/counted.js";
import { type Difference, type Json } from "../../job.js";
import { hash } from "../recompute.js";

/** What a close summed up of an account's calls, with what its stream says of these calls before it. */
export interface Summary {
  readonly event: RecordedEvent<UsageSummarised>;
  /** The one before; null: it is the first. */
  readonly previous: RecordedEvent<UsageSummarised> | null;
  /** What calls were corrected to before it, while no close had billed them; by their keys, in order. */
  readonly corrected: ReadonlyMap<string, readonly CallCorrected["data"][]>;
}

/** The summaries of an account. @param events of its usage stream, in order */
export const summariesOf = (events: readonly RecordedEvent[]): Summary[] => {
  const summaries: Summary[] = [];
  const corrected = new Map<string, readonly CallCorrected["data"][]>();
  for (const event of events) {
    if (!isOf(event, "usage")) continue;
    if (event.type === "UsageSummarised") {
      summaries.push({ event, previous: summaries.at(-1)?.event ?? null, corrected: new Map(corrected) });
    } else if (event.data.period === null) {
      const { data } = event;
      corrected.set(data.key, [...(corrected.get(data.key) ?? []), data]);
    }
  }
  return summaries;
};

/** The first and the last day with a call of a summary. */
export const daysOf = ({ groups, period }: UsageSummarised["data"]): { from: LocalDate; until: LocalDate } => ({
  from: groups.reduce((first, { from }) => (from < first ? from : first), period.until),
  until: groups.reduce((last, { until }) => (until > last ? until : last), period.from),
});

/** @param placeOf the place in the log of the last event that a close counted */
export const reachOf = (
  { data }: Pick<UsageSummarised, "data">,
  placeOf: (countedTo: UsageSummarised["data"]["countedTo"]) => bigint,
): Reach => ({ before: addDays(data.period.until, 1), place: placeOf(data.countedTo) });

/** A rated call as an event has it. */
export type FoundCall = SummedCall & { readonly accountId: string };

/** A call that a summary counted, with where it is recorded. */
export interface Counted {
  /** As recorded, before any correction. */
  readonly amount: string;
  /** `stream@revision` of the event. */
  readonly where: string;
}

/** Takes the calls of an account, and sums up again those that one close counted. */
export class CountedCalls {
  readonly calls = new Map<string, Counted>();
  readonly #sum: UsageSum;

  /** @param previous of the close before; null: there was none */
  constructor(
    readonly summary: Summary,
    readonly reach: Reach,
    readonly previous: Reach | null,
  ) {
    const { accountId, period, groups } = summary.event.data;
    const names = new Map(groups.map(({ tariffId, tariff }) => [tariffId, tariff]));
    this.#sum = new UsageSum(halfOpen(period), {
      rowIdOf: ({ tariffId, leg, prefix }) => usageRowId(accountId, tariffId, leg, prefix),
      // What a tariff was called when it was summed up is a fact of the summary alone.
      tariffOf: (tariffId) => names.get(tariffId) ?? tariffId,
    });
  }

  /** @param place in the log of the event that the call got its amount by */
  take(call: FoundCall, place: bigint, where: string): void {
    const isIn = ({ before, place: last }: Reach): boolean => call.day < before && place <= last;
    if (!isIn(this.reach) || (this.previous && isIn(this.previous)) || this.calls.has(call.key)) return;
    this.calls.set(call.key, { amount: call.amount, where });
    const corrections = this.summary.corrected.get(call.key) ?? [];
    this.#sum.add(corrections.reduce(correctedBy, call));
  }

  /** What the summary says otherwise than the calls, in order; empty: it is proven. */
  differences(): Difference[] {
    const { data, stream, revision } = this.summary.event;
    const made = this.#sum.summary(hash);
    const where = `${stream}@${revision}`;
    const differences: Difference[] = [];
    if (made.calls !== data.calls) {
      const says = `The summary counts ${data.calls} calls, and ${made.calls} are recorded.`;
      differences.push({ what: "CALLS_DIFFER", where, says, expected: made.calls, found: data.calls });
    }
    const [due, found] = [made.groups, data.groups].map((groups) => new Map(groups.map((one) => [nameOf(one), one])));
    for (const name of [...new Set([...(due?.keys() ?? []), ...(found?.keys() ?? [])])].sort()) {
      const [expected, recorded] = [due?.get(name), found?.get(name)];
      if (canonicalJson(expected ?? null) === canonicalJson(recorded ?? null)) continue;
      differences.push({
        ...{ what: "USAGE_DIFFERS", where: `${where} ${name}` },
        says: "The recorded calls of this group come to something else.",
        ...(expected && { expected: { ...expected } }),
        ...(recorded && { found: { ...recorded } }),
      });
    }
    if (differences.length === 0 && made.callsHash !== data.callsHash) {
      const says = "The recorded calls, or their amounts, are others than those that were counted.";
      const [expected, recorded]: Json[] = [made.callsHash, data.callsHash];
      differences.push({ what: "CALLS_DIFFER", where, says, expected: expected ?? null, found: recorded ?? null });
    }
    return differences;
  }
}

const nameOf = ({ leg, tariffId, prefix, late }: UsageGroup): string =>
  [leg, tariffId, prefix === "" ? "-" : prefix, ...(late ? ["late"] : [])].join(" ");

/** A void call costs nothing and stays what it was. */
const correctedBy = (call: FoundCall, { amount, rating, currency }: CallCorrected["data"]): FoundCall =>
  rating ? { ...call, amount, ...pick(rating) } : { ...call, amount: formatRated(ZERO, currency) };

const pick = ({ tariffId, prefix, seconds, chargedSeconds }: NonNullable<CallCorrected["data"]["rating"]>) => ({
  ...{ tariffId, prefix, seconds, chargedSeconds },
});
