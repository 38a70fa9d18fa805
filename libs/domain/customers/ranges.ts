import { addDays, type LocalDate } from "../calendar.js";
import { type Customer, discountRateOn, suspensionOn } from "./customer.js";

/** A run of neighbouring days, both included. Null: it is not limited. */
export interface DayRange {
  readonly from: LocalDate;
  readonly until: LocalDate | null;
}

/**
 * The runs of neighbouring days on which something is so, alike.
 * @param span the days that are looked at, the last of them included; null: all that follow
 * @param changes the days on which it may change
 * @param of null: it is not so on the day
 * @param key what is alike has the same
 */
const runs = <Value>(
  { from, until }: DayRange,
  changes: readonly LocalDate[],
  of: (day: LocalDate) => Value | null,
  key: (value: Value) => string,
): (DayRange & { readonly values: readonly Value[] })[] => {
  const edges = [...new Set([from, ...changes.filter((day) => day > from && (until === null || day <= until))])].sort();
  const found: (DayRange & { values: Value[] })[] = [];
  edges.forEach((edge, index) => {
    const value = of(edge);
    if (value === null) return;
    const next = edges[index + 1];
    const last = next === undefined ? until : addDays(next, -1);
    const before = found.at(-1);
    const [same] = before?.values ?? [];
    if (before?.until != null && same !== undefined && addDays(before.until, 1) === edge && key(same) === key(value)) {
      found[found.length - 1] = { from: before.from, until: last, values: [...before.values, value] };
    } else found.push({ from: edge, until: last, values: [value] });
  });
  return found;
};

/** Days on which service was or is to be blocked, with the events that block and free it. */
export interface SuspendedRange extends DayRange {
  readonly eventIds: readonly string[];
}

/** The runs of suspended days (docs/rules.md#suspension), whoever suspended. */
export const suspendedRanges = (customer: Customer, span: DayRange): SuspendedRange[] => {
  const { suspensions } = customer;
  return runs(
    span,
    suspensions.map(({ effectiveOn }) => effectiveOn),
    (day) => suspensionOn(customer, day) ?? null,
    () => "",
  ).map(({ from, until, values }) => {
    const free = until === null ? null : addDays(until, 1);
    const freed = suspensions.filter(({ suspended, effectiveOn }) => !suspended && effectiveOn === free);
    return { from, until, eventIds: [...new Set([...values, ...freed].map(({ eventId }) => eventId))] };
  });
};

/** Days on which a rate of the customer's replaces the discounts of its commitments. */
export interface RateRange extends DayRange {
  /** Percent. */
  readonly rate: string;
  readonly eventIds: readonly string[];
}

/** The runs of days with one rate (docs/rules.md#discount-rate). */
export const rateRanges = (customer: Customer, span: DayRange): RateRange[] =>
  runs(
    span,
    customer.discountRates.map(({ effectiveOn }) => effectiveOn),
    (day) => {
      const found = discountRateOn(customer, day);
      return found?.rate == null ? null : { rate: found.rate, eventId: found.eventId };
    },
    ({ rate }) => rate,
  ).map(({ from, until, values }) => ({
    ...{ from, until, rate: values[0]?.rate ?? "0" },
    eventIds: [...new Set(values.map(({ eventId }) => eventId))],
  }));
