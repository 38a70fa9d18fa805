import { type Interval, type LocalDate } from "../calendar.js";
import { type Commitment, type Holder } from "./commitment.js";

/** A holder with the days on which it holds, [from, to); `to` is null for the last one. */
export interface Holding {
  readonly holder: Holder;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

type Held = Pick<Commitment, "holders">;

/**
 * The holder on a day: of several transfers of one day the last recorded counts. Before the first day, the first
 * holder.
 */
export const holderOn = ({ holders }: Held, date: LocalDate): Holder =>
  holders.findLast(({ from }) => from <= date) ?? holders[0];

/**
 * The holders in order, without those that hold on no day; an account that got the commitment back on the day on which
 * it gave it holds it throughout. One that was transferred before its start is held by the receiver from the start on.
 */
export const holdings = ({ holders }: Held): Holding[] => {
  const found: Holding[] = [];
  holders.forEach((holder, index) => {
    const { from } = holder;
    const to = holders[index + 1]?.from ?? null;
    if (to !== null && to <= from) return;
    const before = found.at(-1);
    if (before?.holder.accountId === holder.accountId) found[found.length - 1] = { ...before, to };
    else found.push({ holder, from, to });
  });
  return found;
};

/** The days on which a customer holds the commitment, in order; those until `end` where it still does. */
export const daysHeldBy = (commitment: Held, customerId: string, end: LocalDate): (Holding & Interval)[] =>
  holdings(commitment).flatMap((holding) => {
    const to = holding.to ?? end;
    return holding.holder.customerId === customerId && holding.from < to ? [{ ...holding, to }] : [];
  });

/** The first day on which something of the commitment can be charged to a customer; null: it never held it. */
export const firstDayOf = ({ holders }: Held, customerId: string): LocalDate | null =>
  holders
    .filter((holder) => holder.customerId === customerId)
    .reduce<LocalDate | null>((first, { from }) => (first === null || from < first ? from : first), null);

/**
 * The day of the first transfer whose fee is withdrawn where a commitment ends on a day before its start, and due again
 * where it does not end so any more (docs/rules.md#transfer); null: there is none.
 */
export const firstFeeWithdrawn = (
  { start, holders }: Pick<Commitment, "start" | "holders">,
  lastDay: LocalDate,
): LocalDate | null => (lastDay < start ? (holders.find(({ transfer }) => transfer !== null)?.from ?? null) : null);

/** The customers that hold or held the commitment, each once, in order. */
export const customersOf = ({ holders }: Held): string[] => [...new Set(holders.map(({ customerId }) => customerId))];
