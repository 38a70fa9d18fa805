import { addDays, dateOf, type Instant, type LocalDate, startOfDay, type TimeZone } from "#domain/calendar.js";

/** As of when something is asked for; at least one of the two is given. */
export interface AsOf {
  /** As it was known at this instant; null: as it is known now. */
  readonly knownAt: Instant | null;
  /** As it holds for this day; null: for the day of `knownAt`. */
  readonly day: LocalDate | null;
}

/** As of when something is answered. */
export interface Moment extends AsOf {
  /** The present of the answer: what depends on a day is judged by it. */
  readonly at: Instant;
  /** The first instant after `day` in the time zone that it was asked for in; null: no day was asked for. */
  readonly dayEnds: Instant | null;
}

/**
 * @param present of the provider
 * @param zone of the customer that is asked about: the day is one of its days
 */
export const momentOf = (asOf: AsOf, present: Instant, zone: TimeZone): Moment => {
  const { knownAt, day } = asOf;
  const known = knownAt ?? present;
  if (day === null) return { ...asOf, at: known, dayEnds: null };
  const dayEnds = startOfDay(addDays(day, 1), zone);
  // Of a day that is not over, what is known is what has come of it.
  const at = dateOf(known, zone) === day ? known : new Date(Date.parse(dayEnds) - 1).toISOString();
  return { ...asOf, at, dayEnds };
};
