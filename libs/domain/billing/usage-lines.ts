import { type Interval, type LocalDate } from "../calendar.js";
import { type CustomerHistory } from "../commitments/history.js";
import { format, ZERO } from "../money.js";
import { computed, given } from "../step.js";
import { type AccountUsage, billedGroups, type BilledGroup } from "../voice/usage.js";
import { classTermsOf } from "./class-terms.js";
import { type Line } from "./line.js";
import { type Recording, workingOf } from "./recording.js";

/** What a customer's accounts used, as far as the close of one period bills it. */
export interface PeriodUsage {
  /** First day of the period. */
  readonly from: LocalDate;
  readonly accounts: readonly AccountUsage[];
}

/** What a customer's accounts used. */
export interface CustomerUsage {
  /** The earliest day with a call that was billed; null: none was. */
  readonly firstOn: LocalDate | null;
  /** In order: at least those of the periods that are computed. */
  readonly periods: readonly PeriodUsage[];
}

export const NO_USAGE: CustomerUsage = { firstOn: null, periods: [] };

/**
 * The lines of what the customer's accounts used, by the period whose close bills it (docs/rules.md#usage): by account,
 * then by leg, tariff and prefix, the period's own calls before late ones. They belong to no commitment, and neither the
 * customer's rate nor what was given by commitments has anything to do with them.
 * @param period a whole billing period of the customer, [from, to)
 * @param record takes down how each line is computed
 */
export const usageLines = (
  usage: CustomerUsage,
  history: CustomerHistory,
  period: Interval,
  record?: Recording,
): Line[] => {
  const accounts = usage.periods.flatMap(({ from, accounts: used }) => (from === period.from ? used : []));
  if (accounts.length === 0) return [];
  const { rounding } = classTermsOf(history, period);
  return billedGroups(accounts, rounding).map((billed) => {
    const line = lineOf(billed);
    if (record) {
      const { group, causes } = billed;
      const because = [
        given("CALLS", "TIMES", group.calls.toString()),
        given("CHARGED_SECONDS", "SECONDS", group.chargedSeconds.toString()),
      ];
      const about = { days: { from: group.from, until: group.until }, description: line.description };
      const calls = given("USAGE", "MONEY", group.amount, { events: causes, because, ...about });
      const fee = computed("ROUNDED", "ROUNDED", line.fee, [calls], { rounding });
      record.line(line, workingOf(line, fee, given("DISCOUNT", "MONEY", line.discount)));
    }
    return line;
  });
};

const lineOf = ({ accountId, group, net, description, days, causes }: BilledGroup): Line => {
  const { rowId, from, until, calls, seconds, chargedSeconds, late, currency } = group;
  return {
    kind: "USAGE",
    commitmentId: null,
    accountId,
    rowId,
    description,
    from,
    until,
    days,
    periodDays: null,
    fee: net,
    discount: format(ZERO, currency),
    discountOrigin: null,
    net,
    usage: { calls, seconds, chargedSeconds, late },
    currency,
    taxes: [],
    causes,
  };
};
