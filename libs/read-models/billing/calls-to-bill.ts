import { type LocalDate } from "#domain/calendar.js";
import { type SummedCall, type UsagePart } from "#domain/voice/usage.js";
import { positionFromText } from "#event-store/position.js";
import { type Queryable } from "../runner/checkpoints.js";
import { type UsageAccountRow } from "./usage.js";

/** Calls that are read at once. */
export const CALLS_PER_PAGE = 20_000;

/**
 * SQL: how far closes counted the calls of the accounts `noted`. Where positions of the log are other ones than when they
 * were noted, that of the event itself counts.
 */
const COUNTED = `
  FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::numeric[]) AS noted (account_id, to_on, event_id, noted_commit)
 CROSS JOIN LATERAL (
   SELECT CASE
     WHEN event_id IS NULL
       OR EXISTS (SELECT FROM xdrs k WHERE k.provider_id = $1 AND k.account_id = noted.account_id AND k.state = 'RATED'
                     AND k.recorded_commit = noted_commit AND k.event_id = noted.event_id) THEN noted_commit
     ELSE coalesce((SELECT max(k.recorded_commit) FROM xdrs k
                     WHERE k.provider_id = $1 AND k.account_id = noted.account_id AND k.event_id = noted.event_id),
                   noted_commit)
     END AS counted) AS u`;

/**
 * SQL: the rated calls `x` of the accounts `u` that no close has counted: those recorded behind the last counted event,
 * and those of days behind the last period that was summed up.
 */
const TO_BILL = `
  ${COUNTED}
 CROSS JOIN LATERAL (
   SELECT k.* FROM xdrs k
    WHERE k.provider_id = $1 AND k.account_id = noted.account_id AND k.state = 'RATED'
      AND k.recorded_commit > coalesce(u.counted, -1)
   UNION ALL
   SELECT k.* FROM xdrs k
    WHERE k.provider_id = $1 AND k.account_id = noted.account_id AND k.state = 'RATED'
      -- The customer's day of an answer begins a day before that of UTC at most.
      AND k.answered >= noted.to_on::date::timestamp AT TIME ZONE 'UTC' - interval '1 day'
      AND k.day >= noted.to_on::date AND k.recorded_commit <= u.counted) AS x`;

/** Places in the log of the last events that closes counted of an account's calls, as they are now, by their ids. */
export const placesCounted = async (
  db: Queryable,
  provider: string,
  accountId: string,
  counted: readonly { readonly eventId: string; readonly position: string }[],
): Promise<ReadonlyMap<string, bigint>> => {
  if (counted.length === 0) return new Map();
  const found = await db.query<{ event_id: string; counted: string }[]>(
    `SELECT noted.event_id, u.counted::text ${COUNTED}`,
    [
      provider,
      counted.map(() => accountId),
      counted.map(() => null),
      counted.map(({ eventId }) => eventId),
      counted.map(({ position }) => positionFromText(position).commit.toString()),
    ],
  );
  return new Map(found.map(({ event_id, counted: place }) => [event_id, BigInt(place)]));
};

const noted = (provider: string, accounts: readonly UsageAccountRow[]): unknown[] => [
  provider,
  accounts.map(({ account_id }) => account_id),
  accounts.map(({ to_on }) => to_on),
  accounts.map(({ counted_event }) => counted_event),
  accounts.map(({ counted_commit }) => counted_commit),
];

/** Of these accounts those with calls of days before a day that no close has counted, in their order. */
export const accountsToBill = async (
  db: Queryable,
  provider: string,
  accounts: readonly UsageAccountRow[],
  before: LocalDate,
): Promise<UsageAccountRow[]> => {
  if (accounts.length === 0) return [];
  const found = await db.query<{ account_id: string }[]>(
    `SELECT DISTINCT x.account_id ${TO_BILL} WHERE x.day < $6::date`,
    [...noted(provider, accounts), before],
  );
  const ids = new Set(found.map(({ account_id }) => account_id));
  return accounts.filter(({ account_id }) => ids.has(account_id));
};

/** A call that is to be billed, with where it was recorded. */
export interface CallToBill extends SummedCall {
  readonly eventId: string;
  /** Place in the log of the event that it got its amount by; decimal text. */
  readonly commit: string;
}

/**
 * The calls of an account of days before a day that no close has counted, in the order of recording, a page at a time.
 * @param after the last call of the page before; null: the first page
 */
export const callsToBill = async (
  db: Queryable,
  provider: string,
  account: UsageAccountRow,
  before: LocalDate,
  after: CallToBill | null,
): Promise<CallToBill[]> =>
  db.query<CallToBill[]>(
    `SELECT x.id AS key, x.leg, x.tariff_id AS "tariffId", x.prefix, x.day::text, x.seconds,
            x.charged_seconds AS "chargedSeconds", x.amount::text, x.currency, x.event_id AS "eventId",
            x.recorded_commit::text AS commit
       ${TO_BILL}
      WHERE x.day < $6::date AND (x.recorded_commit, x.id) > ($7::numeric, $8::uuid)
      ORDER BY x.recorded_commit, x.id LIMIT ${CALLS_PER_PAGE}`,
    [
      ...noted(provider, [account]),
      before,
      after?.commit ?? "-1",
      after?.key ?? "00000000-0000-0000-0000-000000000000",
    ],
  );

/** Calls of a day that no close has counted; `from` and `until` are that day. */
export interface DaysUsage extends Omit<UsagePart, "late"> {
  readonly accountId: string;
}

/**
 * What accounts used that no close has counted, by day: as it is added up while calls are recorded. Where calls are known
 * up to another close than the feed is, they are added up anew.
 */
export const usageToBill = async (
  db: Queryable,
  provider: string,
  accounts: readonly UsageAccountRow[],
): Promise<DaysUsage[]> => {
  if (accounts.length === 0) return [];
  const found = await db.query<(DaysUsage | { readonly accountId: string; readonly leg: null })[]>(
    `SELECT noted.account_id AS "accountId", r.leg, r.tariff_id AS "tariffId", r.prefix, r.day::text AS "from",
            r.day::text AS until, r.calls::int AS calls, r.seconds::float8 AS seconds,
            r.charged_seconds::float8 AS "chargedSeconds", r.amount::text AS amount, r.currency
       FROM unnest($2::uuid[], $3::text[], $4::uuid[]) AS noted (account_id, to_on, event_id)
       LEFT JOIN LATERAL (SELECT s.period_until, s.counted_event FROM call_summaries s
                           WHERE s.provider_id = $1 AND s.account_id = noted.account_id
                           ORDER BY s.period_from DESC LIMIT 1) AS last ON true
       LEFT JOIN running_calls r ON r.provider_id = $1 AND r.account_id = noted.account_id AND r.calls > 0
      WHERE last.period_until + 1 IS NOT DISTINCT FROM noted.to_on::date
        AND last.counted_event IS NOT DISTINCT FROM noted.event_id
      ORDER BY noted.account_id, r.day`,
    [
      provider,
      accounts.map(({ account_id }) => account_id),
      accounts.map(({ to_on }) => to_on),
      accounts.map(({ counted_event }) => counted_event),
    ],
  );
  const known = new Set(found.map(({ accountId }) => accountId));
  const others = accounts.filter(({ account_id }) => !known.has(account_id));
  const added = await addedUp(db, provider, others);
  return [...found.flatMap((one) => (one.leg === null ? [] : [one])), ...added];
};

/** The same from the calls themselves: it takes as long as there are calls. */
export const addedUp = async (
  db: Queryable,
  provider: string,
  accounts: readonly UsageAccountRow[],
): Promise<DaysUsage[]> =>
  accounts.length === 0
    ? []
    : db.query<DaysUsage[]>(
        `SELECT x.account_id AS "accountId", x.leg, x.tariff_id AS "tariffId", x.prefix, x.day::text AS "from",
                x.day::text AS until, count(*)::int AS calls, sum(x.seconds)::float8 AS seconds,
                sum(x.charged_seconds)::float8 AS "chargedSeconds", sum(x.amount)::text AS amount, x.currency
           ${TO_BILL}
          GROUP BY x.account_id, x.leg, x.tariff_id, x.prefix, x.day, x.currency
          ORDER BY x.account_id, x.day`,
        noted(provider, accounts),
      );

/** Names of tariffs, as they are now. */
export const tariffNames = async (
  db: Queryable,
  provider: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const found = await db.query<{ id: string; name: string }[]>(
    "SELECT id, name FROM catalog_items WHERE provider_id = $1 AND kind = 'tariff' AND id = ANY($2::uuid[])",
    [provider, [...new Set(ids)]],
  );
  return new Map(found.map(({ id, name }) => [id, name]));
};
