import { type EntityManager } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { inStatements } from "../runner/upsert.js";
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

/** Takes away what the close of a period counted of an account; calls of its days that it did not know stay. */
export const countedByClose = async (
  manager: EntityManager,
  { provider, accountId, until, counted }: Counted,
): Promise<void> => {
  await manager.query(
    `DELETE FROM running_calls WHERE provider_id = $1 AND account_id = $2 AND (day <= $3::date OR calls = 0)`,
    [provider, accountId, until],
  );
  await manager.query(
    `INSERT INTO running_calls (${KEYS}, ${SUMS.join(", ")})
     SELECT ${SUMMED} FROM xdrs x
      WHERE x.provider_id = $1 AND x.account_id = $2 AND x.state = 'RATED' AND x.day <= $3::date
        AND x.recorded_commit > $4 ${GROUPED}`,
    [provider, accountId, until, counted],
  );
};

interface Counted {
  readonly provider: string;
  readonly accountId: string;
  /** Last day of the period. */
  readonly until: LocalDate;
  /** Place in the log of the last event whose calls were counted. */
  readonly counted: string;
}
