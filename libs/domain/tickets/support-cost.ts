import { big, type Currency, format, round, sum, type Amount } from "../money.js";
import { dateOf, firstOfMonth, type Instant, type LocalDate, type TimeZone } from "../calendar.js";
import { type HourlyRate } from "../providers/events.js";

/** A ticket as its cost is computed from. */
export interface MeasuredTicket<Status extends string = string> {
  readonly createdAt: Instant;
  /** As the system of the tickets names it; null: not known. */
  readonly status: Status | null;
  /** Time spent on it, in whole seconds; null: not known. */
  readonly seconds: number | null;
}

/** What support did for a customer in a month: tickets that were opened in it, and all that they took. */
export interface SupportMonth<Status extends string = string> {
  /** The first day of the month, in the customer's zone. */
  readonly month: LocalDate;
  readonly tickets: number;
  /** By status, in the order of the statuses that were given. */
  readonly byStatus: readonly { readonly status: Status; readonly tickets: number }[];
  /** Whole seconds. */
  readonly seconds: number;
  /** Tickets whose time is not known: the figures lack them. */
  readonly withoutTime: number;
  /** Time by the hourly rate, rounded half up; null: no rate is set. */
  readonly cost: Amount | null;
}

/**
 * Tickets, time and cost by month, oldest first; months without tickets are not listed.
 * @param statuses in the order in which they are listed
 */
export const supportByMonth = <Status extends string>(
  tickets: readonly MeasuredTicket<Status>[],
  zone: TimeZone,
  rate: HourlyRate | null,
  statuses: readonly Status[],
): SupportMonth<Status>[] => {
  const months = new Map<LocalDate, MeasuredTicket<Status>[]>();
  for (const ticket of tickets) {
    const month = firstOfMonth(dateOf(ticket.createdAt, zone));
    months.set(month, [...(months.get(month) ?? []), ticket]);
  }
  return [...months]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, opened]) => {
      const seconds = opened.reduce((total, ticket) => total + (ticket.seconds ?? 0), 0);
      return {
        month,
        tickets: opened.length,
        byStatus: statuses
          .map((status) => ({ status, tickets: opened.filter((ticket) => ticket.status === status).length }))
          .filter((counted) => counted.tickets > 0),
        seconds,
        withoutTime: opened.filter((ticket) => ticket.seconds === null).length,
        cost: rate && costOf(seconds, rate),
      };
    });
};

const HOUR = big("3600");

const costOf = (seconds: number, { amount, currency }: HourlyRate): Amount =>
  format(round(big(String(seconds)).times(big(amount)).div(HOUR), currency, "HALF_UP"), currency);

/** What the months cost together. */
export const totalCost = (months: readonly SupportMonth[], currency: Currency): Amount =>
  format(sum(months.map(({ cost }) => big(cost ?? "0"))), currency);
