import { type DataSource, type SelectQueryBuilder } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { type Currency } from "#domain/money.js";
import { type Scope } from "../rows/scope.js";
import { type CallFilter, matchingCalls } from "./queries.js";
import { type CallRow } from "./table.js";

/** Calls in one currency, or without an amount, added up. */
export interface CallSum {
  /** Null: they have no amount. */
  readonly currency: Currency | null;
  readonly calls: number;
  readonly seconds: number;
  readonly chargedSeconds: number;
  /** What they cost, exact. */
  readonly amount: string | null;
  /** What closes counted them with, or will: corrections of billed calls are left out. */
  readonly billedAmount: string | null;
}

export interface CallDay extends CallSum {
  /** The customer's of the answer; of calls of no customer that of UTC. */
  readonly day: LocalDate;
}

type Raw = Readonly<Record<"calls" | "seconds" | "charged", string>> &
  Readonly<Record<"currency" | "amount" | "billed", string | null>>;

const summed = (query: SelectQueryBuilder<CallRow>): SelectQueryBuilder<CallRow> =>
  query
    .select("t.currency", "currency")
    .addSelect("count(*)", "calls")
    .addSelect("coalesce(sum(t.seconds), 0)", "seconds")
    .addSelect("coalesce(sum(t.chargedSeconds), 0)", "charged")
    .addSelect("CAST(sum(t.amount) AS text)", "amount")
    .addSelect("CAST(sum(coalesce(t.billedAmount, t.amount)) AS text)", "billed")
    .groupBy("t.currency")
    .orderBy("t.currency", "ASC", "NULLS LAST");

const sumOf = ({ currency, calls, seconds, charged, amount, billed }: Raw): CallSum => ({
  ...{ currency, calls: Number(calls), seconds: Number(seconds), chargedSeconds: Number(charged) },
  ...{ amount, billedAmount: billed },
});

/** The calls that a filter selects, by currency; those without an amount come last. */
export const sumCalls = async (
  dataSource: DataSource,
  scope: Scope,
  filter: CallFilter | null | undefined,
): Promise<CallSum[]> => {
  const { query } = await matchingCalls(dataSource, scope, filter);
  return (await summed(query).getRawMany<Raw>()).map(sumOf);
};

const DAY = "coalesce(t.day, CAST(t.answered AT TIME ZONE 'UTC' AS date))";

/** The same by day, in order. */
export const sumCallsByDay = async (
  dataSource: DataSource,
  scope: Scope,
  filter: CallFilter | null | undefined,
): Promise<CallDay[]> => {
  const { query } = await matchingCalls(dataSource, scope, filter);
  const found = await summed(query)
    .addSelect(`CAST(${DAY} AS text)`, "day")
    .addGroupBy(DAY)
    .orderBy(DAY)
    .addOrderBy("t.currency", "ASC", "NULLS LAST")
    .getRawMany<Raw & { readonly day: LocalDate }>();
  return found.map(({ day, ...raw }) => ({ day, ...sumOf(raw) }));
};
