import { compareText } from "../by-day.js";
import { daysBetween, earlier, type Interval, later, type LocalDate } from "../calendar.js";
import { type Amount, big, type Currency, format, formatRated, round, type RoundingMode, ZERO } from "../money.js";
import { type CallLeg, callLegs, type RatedXdr } from "./xdr.js";

/** What the calls of a group have in common, within their account. */
export interface UsageGroupName {
  readonly leg: CallLeg;
  readonly tariffId: string;
  readonly prefix: string;
  /** True: of billing periods that were closed before these calls were known. */
  readonly late: boolean;
}

/** Calls of an account that are one line. */
export interface UsageGroup extends UsageGroupName {
  /** Of the line: the same for the same account, tariff, leg and prefix, in every period. */
  readonly rowId: string;
  /** The tariff's name when the calls were summed up. */
  readonly tariff: string;
  /** First and last day with a call, by the customer's calendar. */
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly calls: number;
  readonly seconds: number;
  readonly chargedSeconds: number;
  /** Of all of them, exact: three decimals beyond the currency's. */
  readonly amount: string;
  readonly currency: Currency;
}

/** What the groups of an account are called by. */
export interface GroupTexts {
  /** {@link UsageGroup.rowId} */
  readonly rowIdOf: (name: UsageGroupName) => string;
  readonly tariffOf: (tariffId: string) => string;
}

/** What is summed up of a rated call. */
export type SummedCall = Pick<
  RatedXdr,
  "key" | "leg" | "tariffId" | "prefix" | "day" | "seconds" | "chargedSeconds" | "amount" | "currency"
>;

/** The calls that one close bills of an account, with a proof of which they were. */
export interface UsageSummary {
  /** In order of {@link UsageGroupName}. */
  readonly groups: readonly UsageGroup[];
  readonly calls: number;
  /** SHA-256 of keys and amounts, in order of the keys. */
  readonly callsHash: string;
}

/**
 * Sums up the calls of an account that no earlier close billed, for the close of a period (docs/rules.md#usage). In
 * whichever order and however often they are given, the summary is the same.
 */
export class UsageSum {
  readonly #amounts = new Map<string, string>();
  readonly #groups = new Map<string, UsageGroup>();

  /** @param period [from, to); calls of days before it are late */
  constructor(
    private readonly period: Interval,
    private readonly texts: GroupTexts,
  ) {}

  /** @param call answered before the period's end by the customer's calendar */
  add(call: SummedCall): void {
    if (this.#amounts.has(call.key)) return;
    const { from, to } = this.period;
    if (call.day >= to) throw new Error(`The call ${call.key} is of a later period than that from ${from}`);
    this.#amounts.set(call.key, call.amount);
    addTo(this.#groups, { ...call, calls: 1, from: call.day, until: call.day, late: call.day < from }, this.texts);
  }

  /** @param hash SHA-256 of a JSON value */
  summary(hash: (value: unknown) => string): UsageSummary {
    const calls = [...this.#amounts].sort(([a], [b]) => compareText(a, b));
    return { groups: inOrder(this.#groups.values()), calls: calls.length, callsHash: hash(calls) };
  }
}

/** {@link UsageSum} of all of them. */
export const summaryOf = (
  calls: Iterable<SummedCall>,
  period: Interval,
  texts: GroupTexts,
  hash: (value: unknown) => string,
): UsageSummary => {
  const sum = new UsageSum(period, texts);
  for (const call of calls) sum.add(call);
  return sum.summary(hash);
};

/** Calls of a group, or some of them. */
export type UsagePart = Omit<UsageGroup, "rowId" | "tariff">;

/** The groups that parts add up to, in order. */
export const groupsOf = (parts: Iterable<UsagePart>, texts: GroupTexts): UsageGroup[] => {
  const groups = new Map<string, UsageGroup>();
  for (const part of parts) addTo(groups, part, texts);
  return inOrder(groups.values());
};

/** The same group has the same key. */
const keyOf = ({ leg, tariffId, prefix, late }: UsageGroupName): string =>
  JSON.stringify([leg, tariffId, prefix, late]);

const addTo = (groups: Map<string, UsageGroup>, part: UsagePart, texts: GroupTexts): void => {
  const { leg, tariffId, prefix, late, currency } = part;
  const key = keyOf(part);
  const group = groups.get(key);
  if (!group) {
    const { from, until, calls, seconds, chargedSeconds, amount } = part;
    const name: UsageGroupName = { leg, tariffId, prefix, late };
    const [rowId, tariff] = [texts.rowIdOf(name), texts.tariffOf(tariffId)];
    groups.set(key, { ...name, rowId, tariff, from, until, calls, seconds, chargedSeconds, amount, currency });
    return;
  }
  if (currency !== group.currency) throw new Error(`Calls of one account are in ${currency} and ${group.currency}`);
  groups.set(key, {
    ...group,
    from: earlier(group.from, part.from),
    until: later(group.until, part.until),
    calls: group.calls + part.calls,
    seconds: group.seconds + part.seconds,
    chargedSeconds: group.chargedSeconds + part.chargedSeconds,
    amount: formatRated(big(group.amount).plus(big(part.amount)), currency),
  });
};

/** Calls that came in first, then by tariff and prefix, the period's own before late ones. */
const inOrder = (groups: Iterable<UsageGroup>): UsageGroup[] =>
  [...groups].sort(
    (a, b) =>
      callLegs.indexOf(a.leg) - callLegs.indexOf(b.leg) ||
      compareText(a.tariffId, b.tariffId) ||
      compareText(a.prefix, b.prefix) ||
      (a.late ? 1 : 0) - (b.late ? 1 : 0),
  );

/** A call that was billed costs something else: its group comes to so much more, or less. */
export interface CorrectedAmount extends UsageGroupName {
  /** Of the call, as it was billed and as it is now. */
  readonly was: string;
  readonly amount: string;
}

/** The groups with a billed call's other amount; nothing else of them changes. */
export const correctedGroups = (groups: readonly UsageGroup[], corrected: CorrectedAmount): UsageGroup[] =>
  groups.map((group) =>
    keyOf(group) === keyOf(corrected)
      ? {
          ...group,
          amount: formatRated(big(group.amount).minus(big(corrected.was)).plus(big(corrected.amount)), group.currency),
        }
      : group,
  );

/** What an account used, as far as one close bills it. */
export interface AccountUsage {
  readonly accountId: string;
  readonly groups: readonly UsageGroup[];
  /** Ids of the events that sum it up or correct it; none of what runs. */
  readonly causes: readonly string[];
}

/** What a USAGE line counts. */
export interface UsageCounts {
  readonly calls: number;
  /** Of all calls: how long they were, and how much of that is charged. */
  readonly seconds: number;
  readonly chargedSeconds: number;
  /** Whether they are of periods that were closed before they were known. */
  readonly late: boolean;
}

/** A group of an account's calls with what its line comes to. */
export interface BilledGroup {
  readonly accountId: string;
  readonly group: UsageGroup;
  /** Its exact amount rounded once. */
  readonly net: Amount;
  readonly description: string;
  /** From the first to the last day with a call. */
  readonly days: number;
  readonly causes: readonly string[];
}

/**
 * What accounts used, by account, then in the order of their groups. Each group is the exact sum of its calls, rounded
 * once; one of 0.00 is left out.
 * @param rounding of the customer's class, as of the period that bills them
 */
export const billedGroups = (usage: Iterable<AccountUsage>, rounding: RoundingMode): BilledGroup[] =>
  [...usage]
    .sort((a, b) => compareText(a.accountId, b.accountId))
    .flatMap(({ accountId, groups, causes }) =>
      inOrder(groups).flatMap((group): BilledGroup[] => {
        const amount = round(big(group.amount), group.currency, rounding);
        if (amount.eq(ZERO)) return [];
        const days = daysBetween(group.from, group.until) + 1;
        return [
          { accountId, group, net: format(amount, group.currency), description: descriptionOf(group), days, causes },
        ];
      }),
    );

const descriptionOf = ({ leg, tariff, prefix }: UsageGroup): string =>
  `${leg === "IN" ? "Calls received" : "Calls made"}: ${tariff}${prefix === "" ? "" : `, ${prefix}`}`;
