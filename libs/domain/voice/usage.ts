import { type Big } from "big.js";
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

/** What an account's calls come to, in groups in order of {@link UsageGroupName}. */
export interface AccountUsage {
  readonly accountId: string;
  readonly groups: readonly UsageGroup[];
}

/** The calls that one close bills, with a proof of which they were. */
export interface UsageSummary {
  readonly groups: readonly UsageGroup[];
  readonly calls: number;
  /** SHA-256 of keys and amounts, in order of the keys. */
  readonly callsHash: string;
}

/**
 * Sums up the calls of an account that no earlier close billed, for the close of a period (docs/rules.md#calls). In
 * whichever order and however often they are given, the summary is the same.
 * @param calls rated, answered before the period's end by the customer's calendar
 * @param hash SHA-256 of a JSON value
 */
export const summaryOf = (
  calls: Iterable<RatedXdr>,
  period: Interval,
  hash: (value: unknown) => string,
): UsageSummary => {
  const once = [...new Map([...calls].map((call) => [call.key, call])).values()].sort(byKey);
  const groups = new Map<string, UsageGroup>();
  for (const call of once) {
    if (call.day >= period.to) throw new Error(`The call ${call.key} is of a later period than ${period.from}`);
    const { leg, tariffId, prefix, day } = call;
    const name: UsageGroupName = { leg, tariffId, prefix, late: day < period.from };
    const of = JSON.stringify([leg, tariffId, prefix, name.late]);
    groups.set(of, withCall(groups.get(of) ?? emptyGroup(name, call), call));
  }
  return {
    groups: [...groups.values()].sort(inOrder),
    calls: once.length,
    callsHash: hash(once.map(({ key, amount }) => [key, amount])),
  };
};

const byKey = (a: RatedXdr, b: RatedXdr): number => (a.key < b.key ? -1 : 1);

const emptyGroup = (name: UsageGroupName, { day, currency }: RatedXdr): UsageGroup => ({
  ...name,
  ...{ from: day, until: day, calls: 0, seconds: 0, chargedSeconds: 0 },
  amount: formatRated(ZERO, currency),
  currency,
});

const withCall = (group: UsageGroup, call: RatedXdr): UsageGroup => {
  const { currency } = group;
  if (call.currency !== currency) throw new Error(`The call ${call.key} is in ${call.currency}, others in ${currency}`);
  return {
    ...group,
    from: earlier(group.from, call.day),
    until: later(group.until, call.day),
    calls: group.calls + 1,
    seconds: group.seconds + call.seconds,
    chargedSeconds: group.chargedSeconds + call.chargedSeconds,
    amount: formatRated(big(group.amount).plus(big(call.amount)), currency),
  };
};

/** Calls that came in first, then by tariff and prefix, the period's own before late ones. */
const inOrder = (a: UsageGroupName, b: UsageGroupName): number =>
  callLegs.indexOf(a.leg) - callLegs.indexOf(b.leg) ||
  byText(a.tariffId, b.tariffId) ||
  byText(a.prefix, b.prefix) ||
  (a.late ? 1 : 0) - (b.late ? 1 : 0);

const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** What a USAGE line counts. */
export interface UsageCounts {
  readonly calls: number;
  readonly seconds: number;
  readonly chargedSeconds: number;
  readonly late: boolean;
}

/** The line of a group of calls on an invoice. It belongs to an account, not to a commitment. */
export interface UsageLine {
  readonly kind: "USAGE";
  readonly commitmentId: null;
  readonly accountId: string;
  /** The same for the same account, tariff, leg and prefix, in every period. */
  readonly rowId: string;
  readonly description: string;
  /** First and last day with a call, and the days from one to the other. */
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly days: number;
  readonly periodDays: null;
  readonly fee: Amount;
  readonly discount: Amount;
  readonly discountOrigin: null;
  readonly net: Amount;
  readonly usage: UsageCounts;
  readonly currency: Currency;
  readonly taxes: readonly never[];
  readonly causes: readonly string[];
}

/** What a line of usage is called by, beyond its group. */
export interface UsageNames {
  /** Of the group's line: derived from account, tariff, leg and prefix. */
  readonly rowIdOf: (accountId: string, group: UsageGroupName) => string;
  readonly tariffNameOf: (tariffId: string) => string;
  /** Events that the account's groups were summed up by. */
  readonly causesOf: (accountId: string) => readonly string[];
}

/**
 * The lines of what accounts used (docs/rules.md#calls): by account, then as its groups are. Each is the exact sum of
 * its calls, rounded once; one of 0.00 is left out.
 * @param rounding of the customer's class, as of the period that bills them
 */
export const usageLines = (
  usage: Iterable<AccountUsage>,
  rounding: RoundingMode,
  { rowIdOf, tariffNameOf, causesOf }: UsageNames,
): UsageLine[] =>
  [...usage]
    .sort((a, b) => byText(a.accountId, b.accountId))
    .flatMap(({ accountId, groups }) =>
      groups.toSorted(inOrder).flatMap((group): UsageLine[] => {
        const { from, until, calls, seconds, chargedSeconds, late, currency } = group;
        const amount: Big = round(big(group.amount), currency, rounding);
        if (amount.eq(ZERO)) return [];
        const net = format(amount, currency);
        return [
          {
            kind: "USAGE",
            commitmentId: null,
            accountId,
            rowId: rowIdOf(accountId, group),
            description: descriptionOf(group, tariffNameOf(group.tariffId)),
            from,
            until,
            days: daysBetween(from, until) + 1,
            periodDays: null,
            fee: net,
            discount: format(ZERO, currency),
            discountOrigin: null,
            net,
            usage: { calls, seconds, chargedSeconds, late },
            currency,
            taxes: [],
            causes: causesOf(accountId),
          },
        ];
      }),
    );

const descriptionOf = ({ leg, prefix }: UsageGroupName, tariff: string): string =>
  `${leg === "IN" ? "Calls received" : "Calls made"}: ${tariff}${prefix === "" ? "" : `, ${prefix}`}`;
