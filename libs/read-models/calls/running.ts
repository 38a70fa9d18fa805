import { type EntityManager } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { inStatements } from "../runner/upsert.js";
import { COUNTED } from "./summaries.js";
import { type CallRow } from "./table.js";

/** What is added up of a rated call. */
export type RunningCall = Pick<
  CallRow,
  | ("providerId" | "accountId" | "day" | "leg" | "tariffId" | "prefix" | "currency")
  | ("seconds" | "chargedSeconds" | "amount")
>;

/** A call that counts from now on, or no longer. */
export interface Counting {
  readonly call: RunningCall;
  readonly sign: 1 | -1;
}

/** SQL: rows of `running_calls` from rated calls `x`. */
const SUMMED = `x.provider_id, x.account_id, x.day, x.leg, x.tariff_id, x.prefix, x.currency, count(*), sum(x.seconds),
       sum(x.charged_seconds), sum(x.amount)`;
const GROUPED = "GROUP BY x.provider_id, x.account_id, x.day, x.leg, x.tariff_id, x.prefix, x.currency";
const KEYS = "provider_id, account_id, day, leg, tariff_id, prefix, currency";
const SUMS = ["calls", "seconds", "charged_seconds", "amount"];

/** Adds calls up, or takes them away, by account, day and group. */
export const countRunning = async (manager: EntityManager, countings: readonly Counting[]): Promise<void> => {
  for (const some of inStatements(countings)) {
    const of = <Value>(value: (call: RunningCall) => Value): Value[] => some.map(({ call }) => value(call));
    await manager.query(
      `INSERT INTO running_calls (${KEYS}, ${SUMS.join(", ")})
       SELECT ${KEYS}, sum(sign), sum(sign * seconds), sum(sign * charged_seconds), sum(sign * amount)
         FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::bigint[],
                     $9::bigint[], $10::numeric[], $11::int[]) AS x (${KEYS}, seconds, charged_seconds, amount, sign)
        GROUP BY ${KEYS}
       ON CONFLICT (${KEYS}) DO UPDATE SET
         ${SUMS.map((name) => `${name} = running_calls.${name} + EXCLUDED.${name}`).join(", ")}`,
      [
        ...[
          of((call) => call.providerId),
          of((call) => call.accountId),
          of((call) => call.day),
          of((call) => call.leg),
        ],
        ...[of((call) => call.tariffId), of((call) => call.prefix), of((call) => call.currency)],
        ...[of((call) => call.seconds), of((call) => call.chargedSeconds), of((call) => call.amount)],
        some.map(({ sign }) => sign),
      ],
    );
  }
};

/** The close of a period of an account, which counted calls of it. Days are text. */
export interface CountingClose {
  readonly providerId: string;
  readonly accountId: string;
  /** First and last day of the period. */
  readonly periodFrom: LocalDate;
  readonly periodUntil: LocalDate;
}

/**
 * Of closes in their order those that decide what runs after them, one of each account at a time: what a close takes away
 * and leaves is taken away by a later one of the same account whose period does not end before its own.
 */
export const decisive = <Close extends CountingClose>(closes: readonly Close[]): Close[][] => {
  const byAccount = new Map<string, Close[]>();
  for (const close of closes) {
    const key = `${close.providerId} ${close.accountId}`;
    const kept = (byAccount.get(key) ?? []).filter(({ periodUntil }) => periodUntil > close.periodUntil);
    byAccount.set(key, [...kept, close]);
  }
  const turns: Close[][] = [];
  for (const own of byAccount.values()) for (const [turn, close] of own.entries()) (turns[turn] ??= []).push(close);
  return turns;
};

/**
 * Takes away what closes counted of accounts; calls of their days that they did not know stay.
 * @param closes each of another account; their summaries are written
 */
export const countedByCloses = async (manager: EntityManager, closes: readonly CountingClose[]): Promise<void> => {
  const of = (value: (close: CountingClose) => string): string[] => closes.map(value);
  const keys = [of(({ providerId }) => providerId), of(({ accountId }) => accountId)];
  const untils = of(({ periodUntil }) => periodUntil);
  await manager.query(
    `DELETE FROM running_calls r USING unnest($1::uuid[], $2::uuid[], $3::date[]) AS w (provider_id, account_id, until)
      WHERE r.provider_id = w.provider_id AND r.account_id = w.account_id AND (r.day <= w.until OR r.calls = 0)`,
    [...keys, untils],
  );
  await manager.query(
    `INSERT INTO running_calls (${KEYS}, ${SUMS.join(", ")})
     WITH closes AS MATERIALIZED (
       SELECT w.*, ${COUNTED} AS counted
         FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::date[]) AS w (provider_id, account_id, period_from, until)
         JOIN call_summaries s
           ON s.provider_id = w.provider_id AND s.account_id = w.account_id AND s.period_from = w.period_from)
     SELECT later.* FROM closes c CROSS JOIN LATERAL (
       SELECT ${SUMMED} FROM xdrs x
        WHERE x.provider_id = c.provider_id AND x.account_id = c.account_id AND x.state = 'RATED' AND x.day <= c.until
          AND x.recorded_commit > c.counted ${GROUPED}) later`,
    [...keys, of(({ periodFrom }) => periodFrom), untils],
  );
};
