import { addDays, type LocalDate, type PeriodDays } from "../calendar.js";
import { big } from "../money.js";
import { type Evolver } from "../event.js";
import { type UsageEvent } from "./usage-events.js";
import { type CorrectedAmount, correctedGroups, type UsageGroup, type UsageGroupName } from "./usage.js";

/** What a close billed of an account's calls, with what was corrected since. */
export interface BilledCalls {
  readonly period: PeriodDays;
  readonly groups: readonly UsageGroup[];
  /** The last event whose calls it counted. */
  readonly countedTo: { readonly eventId: string; readonly position: string };
}

/** A call as it was corrected last. */
export interface CorrectedCall {
  readonly amount: string;
  /** Null: no close had billed it. */
  readonly billed: {
    readonly period: PeriodDays;
    readonly group: UsageGroupName;
    /** What the close billed it with. */
    readonly amount: string;
  } | null;
}

/** Of an account: what closes billed of its calls, and which calls cost something else than when they were recorded. */
export interface AccountCalls {
  /** In order of their periods. */
  readonly closes: readonly BilledCalls[];
  /** By key. */
  readonly corrected: ReadonlyMap<string, CorrectedCall>;
}

export const NO_ACCOUNT_CALLS: AccountCalls = { closes: [], corrected: new Map() };

export const accountCallsEvolver: Evolver<AccountCalls, UsageEvent> = {
  initial: NO_ACCOUNT_CALLS,
  evolve(state, event) {
    if (event.type === "UsageSummarised") {
      const { period, groups, countedTo } = event.data;
      return { ...state, closes: [...state.closes, { period, groups, countedTo }] };
    }
    const { key, period, was, amount, leg, tariffId, prefix, late } = event.data;
    const before = state.corrected.get(key)?.billed;
    const group = { leg, tariffId, prefix, late };
    const billed = period && { period, group, amount: before?.amount ?? was };
    return {
      closes: state.closes.map((one) =>
        one.period.from === period?.from ? { ...one, groups: correctedGroups(one.groups, event.data) } : one,
      ),
      corrected: new Map([...state.corrected, [key, { amount, billed }]]),
    };
  },
};

/** A call as closes count calls. */
export interface PlacedCall {
  readonly key: string;
  readonly group: Omit<UsageGroupName, "late">;
  readonly day: LocalDate;
  /** What it costs now. */
  readonly amount: string;
  /** Place in the log of the event that it got its amount by. */
  readonly place: bigint;
}

/**
 * Where a call was billed, and with how much; null: no close has counted it.
 * @param countedTo places in the log of the last events that closes counted, by their ids
 */
export const billedAs = (
  { closes, corrected }: AccountCalls,
  { key, group, day, amount, place }: PlacedCall,
  countedTo: ReadonlyMap<string, bigint>,
): NonNullable<CorrectedCall["billed"]> | null => {
  const known = corrected.get(key);
  if (known?.billed) return known.billed;
  const close = closes.find(({ period, countedTo: { eventId } }) => {
    const counted = countedTo.get(eventId);
    return counted !== undefined && day < addDays(period.until, 1) && place <= counted;
  });
  if (!close) return null;
  const late = day < close.period.from;
  return { period: close.period, group: { ...group, late }, amount };
};

/** Whether a group would come to less than nothing, so that its line was credited more than it charged. */
export const isBelowNothing = ({ closes }: AccountCalls, period: PeriodDays, corrected: CorrectedAmount): boolean => {
  const close = closes.find(({ period: { from } }) => from === period.from);
  if (!close) return false;
  const { leg, tariffId, prefix, late } = corrected;
  const group = correctedGroups(close.groups, corrected).find(
    (one) => one.leg === leg && one.tariffId === tariffId && one.prefix === prefix && one.late === late,
  );
  return group !== undefined && big(group.amount).lt("0");
};
