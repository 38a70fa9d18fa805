import { addDays, earlier, type Interval, later, type LocalDate } from "../calendar.js";
import { agreedTerms, type AgreedTerms } from "../commitments/agreed-terms.js";
import { type Commitment, isEarly } from "../commitments/commitment.js";
import { type DiscountEndShift, discountEndShifts } from "../commitments/discount-end-shifts.js";
import { discountEndForServing, discountEndOn, settingDays, settingsOf } from "../commitments/discount-end.js";
import { endOf } from "../commitments/history.js";
import { holdings, type Holding } from "../commitments/holders.js";
import { discountEndToday, flagsOn, pausesOn, type PauseStatus, timeLimitedUpgradesOn } from "../commitments/on-day.js";
import { billingPeriodOf, type Customer } from "../customers/customer.js";
import {
  type DayRange,
  type RateRange,
  rateRanges,
  type SuspendedRange,
  suspendedRanges,
} from "../customers/ranges.js";
import { type Amount, big, type Currency, format, sum } from "../money.js";
import { charges } from "./charges.js";
import { commitmentDay } from "./commitment-day.js";
import { discountLedger } from "./discount-ledger.js";
import { type CustomerBilling, type Ledger, seenByHolder } from "./ledger.js";
import { type DiscountOrigin, type Line, type LineKind } from "./line.js";
import { linesByPeriod } from "./period.js";
import { recurringPrice } from "./recurring-price.js";

/** A line on an issued invoice or credit note. */
export interface IssuedLine {
  readonly kind: LineKind;
  readonly discount: Amount;
  readonly discountOrigin: DiscountOrigin | null;
  readonly net: Amount;
  readonly corrects?: Line["corrects"] | null;
  /** A day of the billing period that it belongs to. */
  readonly belongsTo: LocalDate;
}

/** Coming billing periods at most. */
export const MOST_COMING = 120;

export type PeriodState = "CLOSED" | "RUNNING" | "COMING";

export interface TimelinePeriod<Issued> extends DayRange {
  readonly until: LocalDate;
  /** RUNNING: it has begun, and is not closed yet. */
  readonly state: PeriodState;
  /** CLOSED: the lines that were issued for it, corrections included. */
  readonly issued: readonly Issued[];
  /** The others: the lines of its close, as known today. */
  readonly foreseen: readonly Line[];
  /** The sum of their nets. */
  readonly net: Amount;
}

export interface TimelineAgreement extends DayRange {
  readonly by: AgreedTerms["by"];
  readonly name: string;
  /** Of a whole billing period, as the customer is billed on the first day. */
  readonly fee: Amount;
  readonly discount: Amount;
  readonly net: Amount;
  readonly eventIds: readonly string[];
}

/** What a whole billing period costs by what holds on these days, whether or not they are served. */
export interface TimelinePrice extends DayRange {
  readonly fee: Amount;
  /** As it is given: none from the discount end date on, and by the customer's rate where it has one. */
  readonly discount: Amount;
  readonly net: Amount;
  readonly discountOrigin: DiscountOrigin | null;
}

export interface TimelinePause extends DayRange {
  readonly status: PauseStatus;
  readonly selfCare: boolean;
  readonly eventIds: readonly string[];
}

export interface TimelineUpgrade extends DayRange {
  readonly until: LocalDate;
  readonly rowId: string;
  readonly addOnProductId: string;
  readonly running: boolean;
  /** Name of the planned upgrade's terms on the day after; null: none. */
  readonly thenUpgradeTo: string | null;
  readonly eventIds: readonly string[];
}

/** A step of the staircase of discounts given. */
export interface DiscountGiven {
  readonly on: LocalDate;
  readonly amount: Amount;
  /** With all before it. */
  readonly total: Amount;
  /** False: on no issued invoice yet. */
  readonly issued: boolean;
}

export interface TimelinePenalty {
  readonly on: LocalDate;
  /** Before a waiver. */
  readonly amount: Amount;
  /** What is charged of it. */
  readonly total: Amount;
  readonly waived: boolean;
}

/** All that the timeline of a commitment draws. Days are the customer's; last days are included. */
export interface CommitmentTimeline<Issued extends IssuedLine = IssuedLine> {
  readonly commitmentId: string;
  readonly today: LocalDate;
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly currency: Currency;
  readonly periods: readonly TimelinePeriod<Issued>[];
  readonly suspensions: readonly SuspendedRange[];
  readonly rates: readonly RateRange[];
  readonly pauses: readonly TimelinePause[];
  readonly agreements: readonly TimelineAgreement[];
  /** From the start to the end; the last goes on where no end is known. */
  readonly prices: readonly TimelinePrice[];
  readonly upgrades: readonly TimelineUpgrade[];
  readonly shifts: readonly DiscountEndShift[];
  readonly discountFrom: LocalDate | null;
  readonly discountEnd: LocalDate | null;
  readonly discountEndOpen: boolean;
  readonly given: readonly DiscountGiven[];
  readonly penalty: TimelinePenalty | null;
  readonly termination: {
    readonly on: LocalDate;
    readonly scheduled: boolean;
    readonly early: boolean;
    readonly eventIds: readonly string[];
  } | null;
}

/**
 * The whole timeline of a commitment, as known on a day: what was issued, and by the code of the close what comes.
 * @param billing of its customer, who holds it
 * @param issued its lines on issued invoices and credit notes, as far as the reader sees them
 * @param ledger discounts on numbered invoices, to whomever
 * @param today the customer's
 */
export const commitmentTimeline = <Issued extends IssuedLine>(
  commitment: Commitment,
  billing: CustomerBilling,
  { issued, ledger }: { readonly issued: readonly Issued[]; readonly ledger: Ledger },
  today: LocalDate,
): CommitmentTimeline<Issued> => {
  const { history } = billing;
  const { currency } = history.customer;
  const { commitmentId, start, annulled } = commitment;
  const end = endOf(commitment, history);
  const until = lastDayDrawn(commitment, history.customer, end?.on ?? null, today);
  const spans = spansOf(commitment, billing, { from: start, until });
  const periods = periodsOf(commitment, billing, spans, issued, { until, today });
  const over = (ranges: typeof suspendedRanges | typeof rateRanges) =>
    spans.flatMap(({ customer, ...span }) => ranges(customer, span) as SuspendedRange[] & RateRange[]);
  const rates = over(rateRanges);
  const agreements = agreementsOf(commitment, billing, spans, end?.on ?? null);
  const changes = [...agreements, ...spans].map(({ from }) => from);
  const rated = rates.flatMap((range) => [range.from, ...(range.until === null ? [] : [addDays(range.until, 1)])]);
  return {
    ...{ commitmentId, today, from: start, until, currency, periods },
    suspensions: over(suspendedRanges),
    rates,
    pauses: pausesDrawn(commitment, today),
    agreements,
    prices: pricesOf(commitment, billing, [...changes, ...rated], { until, lastDay: end?.on ?? null }),
    upgrades: upgradesOf(commitment, today),
    shifts: discountEndShifts(commitment, today),
    discountFrom: discountFrom(commitment),
    discountEnd: discountEndToday(commitment, today),
    discountEndOpen: flagsOn(commitment, today).discountEndOpen,
    given: staircase(commitment, billing, spans, periods, ledger, today),
    penalty: end && penaltyOf(periods, end.on, currency),
    termination: end && {
      on: end.on,
      scheduled: !annulled && end.on >= today,
      early: !annulled && end.on >= start && isEarly(end.on, discountEndOn(commitment, end.on, end.on)),
      eventIds: end.causes,
    },
  };
};

/** Days of a holder's, with the customer that is charged for them. */
interface Span extends DayRange {
  readonly until: LocalDate;
  readonly customer: Customer;
  /** First day after the customer's last closed period; null: none was closed. */
  readonly closedTo: LocalDate | null;
}

const spansOf = (
  commitment: Commitment,
  { history, closedTo }: CustomerBilling,
  { from, until }: { readonly from: LocalDate; readonly until: LocalDate },
): Span[] =>
  holdings(commitment).flatMap((holding: Holding): Span[] => {
    const other = history.others.get(holder(holding));
    const days = {
      from: later(from, holding.from),
      until: holding.to === null ? until : earlier(until, addDays(holding.to, -1)),
    };
    if (days.from > days.until) return [];
    return [
      holder(holding) === history.customer.customerId || !other
        ? { ...days, customer: history.customer, closedTo }
        : { ...days, customer: other.customer, closedTo: other.closedTo },
    ];
  });

const holder = ({ holder: { customerId } }: Holding): string => customerId;

/**
 * The last day that is worth drawing: of the billing period in which the commitment ends, or in which the last thing
 * happens that is known to come.
 */
export const lastDayDrawn = (
  commitment: Commitment,
  customer: Customer,
  end: LocalDate | null,
  today: LocalDate,
): LocalDate => {
  const first = later(commitment.start, end ?? commitment.start);
  const coming = [
    today,
    discountEndToday(commitment, today),
    ...pausesOn(commitment, today).map(({ from, until, status }) => (status === "CANCELLED" ? null : (until ?? from))),
    ...commitment.upgrades.map(({ until }) => until),
    ...agreedTerms(commitment).map(({ from }) => from),
  ];
  const last =
    end === null ? coming.reduce<LocalDate>((known, day) => (day === null ? known : later(known, day)), first) : first;
  let period = billingPeriodOf(customer, today);
  if (last < period.to) return addDays(billingPeriodOf(customer, last).to, -1);
  for (let count = 0; count < MOST_COMING && period.to <= last; count += 1)
    period = billingPeriodOf(customer, period.to);
  return addDays(period.to, -1);
};

const periodsOf = <Issued extends IssuedLine>(
  commitment: Commitment,
  billing: CustomerBilling,
  spans: readonly Span[],
  issued: readonly Issued[],
  { until, today }: { readonly until: LocalDate; readonly today: LocalDate },
): TimelinePeriod<Issued>[] => {
  const { history } = billing;
  const { currency, customerId } = history.customer;
  const own = { ...billing, history: { ...history, commitments: [commitment] } };
  const last = billingPeriodOf(history.customer, until);
  const isOpen = billing.closedTo === null || last.to > billing.closedTo;
  const foreseen = new Map(isOpen ? linesByPeriod(own, last).map(({ period, lines }) => [period.from, lines]) : []);
  const cells = spans.flatMap((span) => periodsIn(span).map((period) => ({ span, period })));
  // What belongs to no period that is drawn is shown with the next one.
  const lines = new Map<number, Issued[]>();
  for (const line of issued) {
    const found = cells.findIndex(({ period }) => line.belongsTo < period.to);
    const place = found === -1 ? cells.length - 1 : found;
    lines.set(place, [...(lines.get(place) ?? []), line]);
  }
  return cells.map(({ span, period }, place): TimelinePeriod<Issued> => {
    const own = lines.get(place) ?? [];
    const days = { from: period.from, until: addDays(period.to, -1) };
    const net = (shown: readonly Pick<Line, "net">[]) => format(sum(shown.map((line) => big(line.net))), currency);
    if (span.closedTo !== null && period.to <= span.closedTo)
      return { ...days, state: "CLOSED", issued: own, foreseen: [], net: net(own) };
    const state = period.from > today ? "COMING" : "RUNNING";
    const mine =
      span.customer.customerId === customerId
        ? (foreseen.get(period.from) ?? [])
        : charges(seenByHolder(history, commitment, span.customer), period);
    return { ...days, state, issued: own, foreseen: mine, net: net([...own, ...mine]) };
  });
};

/** The billing periods of a holder's days, in order; whole, but for what another holder was charged. */
const periodsIn = ({ customer, from, until }: Span): Interval[] => {
  const periods: Interval[] = [];
  for (let day = from; day <= until;) {
    const period = billingPeriodOf(customer, day);
    periods.push(period);
    day = period.to;
  }
  return periods;
};

/** Its pauses by first day, without cancelled ones. */
export const pausesDrawn = (commitment: Commitment, today: LocalDate): TimelinePause[] =>
  pausesOn(commitment, today).filter(({ status }) => status !== "CANCELLED");

const upgradesOf = (commitment: Commitment, today: LocalDate): TimelineUpgrade[] =>
  timeLimitedUpgradesOn(commitment, today).map(({ thenUpgradeTo, eventId, ...upgrade }) => ({
    ...upgrade,
    thenUpgradeTo: thenUpgradeTo?.name ?? null,
    eventIds: [eventId],
  }));

const agreementsOf = (
  commitment: Commitment,
  { history }: CustomerBilling,
  spans: readonly Span[],
  lastDay: LocalDate | null,
): TimelineAgreement[] => {
  const all = agreedTerms(commitment);
  return all.flatMap(({ by, from, terms, eventId }, index): TimelineAgreement[] => {
    const next = all[index + 1]?.from ?? null;
    if (next === from || (lastDay !== null && lastDay < from)) return [];
    const before = next === null ? null : addDays(next, -1);
    const until = lastDay === null ? before : before === null ? lastDay : earlier(lastDay, before);
    const customer = spans.findLast((span) => span.from <= from)?.customer ?? history.customer;
    return [{ by, from, until, name: terms.name, ...recurringPrice(terms, customer, from), eventIds: [eventId] }];
  });
};

/**
 * The runs of days with one price.
 * @param changes days on which it can change, beside those of the discount end date
 */
const pricesOf = (
  commitment: Commitment,
  billing: CustomerBilling,
  changes: readonly LocalDate[],
  { until, lastDay }: { readonly until: LocalDate; readonly lastDay: LocalDate | null },
): TimelinePrice[] => {
  const { start } = commitment;
  const cycles = billing.history.customer.cycles.map(({ inForceFrom }) => inForceFrom);
  const within = (day: LocalDate) => day >= start && day <= (lastDay ?? until);
  const known = [start, ...changes, ...cycles, ...settingDays(commitment)].filter(within);
  const ends = known.flatMap((day) => discountEndForServing(commitment, day) ?? []);
  const runs: TimelinePrice[] = [];
  for (const from of [...new Set([...known, ...ends.filter(within)])].sort()) {
    const { price } = commitmentDay(commitment, billing, from);
    const before = runs.at(-1);
    if (!price || (before && isSamePrice(before, price))) continue;
    if (before) runs[runs.length - 1] = { ...before, until: addDays(from, -1) };
    runs.push({ from, until: lastDay, ...price });
  }
  return runs;
};

const isSamePrice = (one: Omit<TimelinePrice, "from" | "until">, other: typeof one): boolean =>
  one.fee === other.fee && one.discount === other.discount && one.discountOrigin === other.discountOrigin;

/** The first day that can be discounted; null: none can. */
const discountFrom = (commitment: Commitment): LocalDate | null => {
  const first = settingsOf(commitment).find(({ end }) => end !== null);
  return first ? later(commitment.start, first.from ?? commitment.start) : null;
};

const isGiven = ({ discountOrigin }: Pick<Line, "discountOrigin">): boolean => discountOrigin === "COMMITMENT";

/**
 * The discounts given by the periods that they are on invoices for; what the reader does not see the invoices of comes
 * first, and what is on none comes last, so that the last step is what an early termination today would claim back.
 */
const staircase = (
  commitment: Commitment,
  billing: CustomerBilling,
  spans: readonly Span[],
  periods: readonly TimelinePeriod<IssuedLine>[],
  ledger: Ledger,
  today: LocalDate,
): DiscountGiven[] => {
  const { currency } = billing.history.customer;
  const known = discountLedger(commitment, billing, ledger, today);
  const seen = periods.map(({ until, issued }) => ({
    on: until,
    amount: sum(issued.filter(isGiven).map(({ discount }) => big(discount))),
  }));
  const unseen = big(known.issued).minus(sum(seen.map(({ amount }) => amount)));
  const steps = [
    { on: spans.at(-1)?.from ?? commitment.start, amount: unseen, issued: true },
    ...seen.map((step) => ({ ...step, issued: true })),
    { on: later(today, commitment.start), amount: big(known.notIssued), issued: false },
  ];
  let total = big("0");
  return steps.flatMap(({ on, amount, issued }) => {
    if (amount.eq("0")) return [];
    total = total.plus(amount);
    return [{ on, issued, amount: format(amount, currency), total: format(total, currency) }];
  });
};

const kindOf = ({ kind, corrects }: Pick<IssuedLine, "kind" | "corrects">): LineKind => corrects?.kind ?? kind;

const penaltyOf = (
  periods: readonly TimelinePeriod<IssuedLine>[],
  on: LocalDate,
  currency: Currency,
): TimelinePenalty | null => {
  const lines = periods.flatMap(({ issued, foreseen }) => [...issued, ...foreseen]);
  const claimed = lines.filter((line) => kindOf(line) === "PENALTY");
  const waived = lines.filter((line) => kindOf(line) === "PENALTY_WAIVED");
  if (claimed.length === 0) return null;
  const sumOf = (some: typeof lines) => format(sum(some.map(({ net }) => big(net))), currency);
  return { on, amount: sumOf(claimed), total: sumOf([...claimed, ...waived]), waived: waived.length > 0 };
};
