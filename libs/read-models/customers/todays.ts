import { dateOf, type Instant, type LocalDate } from "#domain/calendar.js";
import { type Customer, todayOf } from "#domain/customers/customer.js";

/** The zones in which a day begins last and first: no date anywhere lies outside of theirs. */
const [LAST, FIRST] = ["Etc/GMT+12", "Etc/GMT-14"];

/** The days that it is at a moment, everywhere and with customers of some billing cycles. */
export interface Todays {
  /** The day that has begun everywhere, and the one that has begun somewhere. */
  readonly everywhere: LocalDate;
  readonly somewhere: LocalDate;
  readonly utcDay: LocalDate;
  /** As JSON texts, and the today of a customer with each of them. */
  readonly cycles: readonly string[];
  readonly days: readonly LocalDate[];
}

/** Days anywhere, for a first look: whose cycles matter is found by it. */
export const daysAnywhere = (now: Instant): Pick<Todays, "everywhere" | "somewhere"> => ({
  everywhere: dateOf(now, LAST),
  somewhere: dateOf(now, FIRST),
});

export const todaysAt = (now: Instant, cycles: readonly Customer["cycles"][]): Todays => ({
  ...daysAnywhere(now),
  utcDay: dateOf(now, "UTC"),
  cycles: cycles.map((each) => JSON.stringify(each)),
  days: cycles.map((each) => todayOf({ cycles: each }, now)),
});

/**
 * SQL: the today of a customer; the UTC day for one that is not projected yet, as it is shown.
 * @param cycles and the following two: the parameters with what {@link Todays} has by these names
 */
export const todaySql = (
  provider: string,
  customer: string,
  { cycles, days, utcDay }: Readonly<Record<"cycles" | "days" | "utcDay", string>>,
): string => `COALESCE((SELECT d.day FROM customers own
    JOIN unnest(CAST(${cycles} AS jsonb[]), CAST(${days} AS date[])) AS d (cycles, day) ON d.cycles = own.state -> 'cycles'
   WHERE own.provider_id = ${provider} AND own.id = ${customer}), CAST(${utcDay} AS date))`;
