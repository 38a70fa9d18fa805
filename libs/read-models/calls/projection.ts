import { type EntityManager } from "typeorm";
import { callsOf } from "#domain/voice/events.js";
import { type CallCorrected, type UsageSummarised } from "#domain/voice/usage-events.js";
import { type Xdr } from "#domain/voice/xdr.js";
import { ofType } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { positionFromText } from "#event-store/position.js";
import { parseStreamName } from "#event-store/streams.js";
import { toJsonb } from "../runner/fit.js";
import { makePartitions, missingIn, monthOf } from "../runner/partitions.js";
import { type Projection } from "../runner/projection.js";
import { upsert } from "../runner/upsert.js";
import { countedByClose, countRunning, type RunningCall } from "./running.js";
import { type CallSummary, SUMMARIES } from "./summaries.js";
import { type CallRow, calls } from "./table.js";

/**
 * A row for each call, in partitions by the month of the answer, with what it was corrected to, and what each close counted
 * of an account's calls, and what none has counted, added up.
 */
export const callsProjection: Projection<"calls" | "usage"> = {
  name: "calls",
  version: 6,
  tables: ["xdrs", "call_summaries", "running_calls"],
  categories: ["calls", "usage"],
  async apply(manager, events) {
    const all = ofType(events, "CallsRecorded").flatMap(({ id, stream, position, data }) => {
      const recorded = {
        providerId: parseStreamName(stream).provider,
        edge: data.edge,
        hour: data.hour,
        eventId: id,
        recordedCommit: position.commit.toString(),
      };
      return callsOf(data).map((call): CallRow => ({ ...recorded, ...rowOf(call) }));
    });
    // A call that is given an amount later is recorded again.
    const rows = [...new Map(all.map((row) => [`${row.providerId} ${row.id}`, row])).values()];
    if (rows.length > 0) await write(manager, rows);
    // Behind the calls that they correct.
    await correct(manager, ofType(events, "CallCorrected"));
    await summarise(manager, ofType(events, "UsageSummarised"));
  },
};

const write = async (manager: EntityManager, rows: readonly CallRow[]): Promise<void> => {
  const months = [...new Set(rows.map(({ month }) => month))];
  const missing = await manager.query<{ month: string }[]>(missingIn("xdrs"), [months]);
  await makePartitions(
    manager,
    "xdrs",
    missing.map(({ month }) => month),
  );
  const known = await ratedAmong(manager, rows);
  await upsert(manager, calls, rows);
  const rated = rows.filter((row) => row.state === "RATED" && !known.has(`${row.providerId} ${row.id}`));
  await countRunning(
    manager,
    rated.map((call) => ({ call, sign: 1 })),
  );
};

/** Which of the calls had an amount before: they are counted already. */
const ratedAmong = async (manager: EntityManager, rows: readonly CallRow[]): Promise<ReadonlySet<string>> => {
  const found = await manager.query<{ provider_id: string; id: string }[]>(
    `SELECT x.provider_id, x.id FROM unnest($1::uuid[], $2::uuid[], $3::date[]) AS k (provider_id, id, month)
       JOIN xdrs x ON x.provider_id = k.provider_id AND x.id = k.id AND x.month = k.month AND x.state = 'RATED'`,
    [rows.map(({ providerId }) => providerId), rows.map(({ id }) => id), rows.map(({ month }) => month)],
  );
  return new Set(found.map(({ provider_id, id }) => `${provider_id} ${id}`));
};

/** One after the other: there are few, and one call may be corrected twice. A call that is kept no longer has no row. */
const correct = async (manager: EntityManager, events: readonly RecordedEvent<CallCorrected>[]): Promise<void> => {
  for (const { stream, data } of events) {
    const { key, was, amount, rating, period, tariffId, prefix } = data;
    const { provider } = parseStreamName(stream);
    const billed = period === null ? [null, null, null] : [was, tariffId, prefix];
    // What a close has counted runs no longer.
    const before = period === null ? await runningCall(manager, provider, key) : [];
    await manager.query(
      `UPDATE xdrs SET amount = $3, amount_at_first = coalesce(amount_at_first, $4), voided = $5,
              tariff_id = coalesce($6::uuid, tariff_id), tariff_revision = coalesce($7::bigint, tariff_revision),
              prefix = coalesce($8, prefix), ended = coalesce($9::timestamptz, ended),
              seconds = coalesce($10::int, seconds), charged_seconds = coalesce($11::int, charged_seconds),
              billed_amount = coalesce(billed_amount, $12::numeric),
              billed_tariff_id = coalesce(billed_tariff_id, $13::uuid), billed_prefix = coalesce(billed_prefix, $14)
        WHERE provider_id = $1 AND id = $2`,
      [
        ...[provider, key, amount, was, rating === undefined],
        ...[rating?.tariffId, rating?.tariffRevision, rating?.prefix, rating?.ended, rating?.seconds],
        ...[rating?.chargedSeconds, ...billed],
      ].map((value) => value ?? null),
    );
    const after = period === null ? await runningCall(manager, provider, key) : [];
    await countRunning(manager, [
      ...before.map((call) => ({ call, sign: -1 as const })),
      ...after.map((call) => ({ call, sign: 1 as const })),
    ]);
  }
};

/** A rated call as it is added up; none where it is kept no longer. */
const runningCall = (manager: EntityManager, provider: string, key: string): Promise<RunningCall[]> =>
  manager.query<RunningCall[]>(
    `SELECT provider_id AS "providerId", account_id AS "accountId", day::text, leg, tariff_id AS "tariffId", prefix,
            currency, seconds, charged_seconds AS "chargedSeconds", amount::text
       FROM xdrs WHERE provider_id = $1 AND id = $2 AND state = 'RATED'`,
    [provider, key],
  );

/** What closes counted: there are a few for each account and month. */
const summarise = async (manager: EntityManager, events: readonly RecordedEvent<UsageSummarised>[]): Promise<void> => {
  for (const { stream, data } of events) {
    const { provider } = parseStreamName(stream);
    const { accountId, customerId, period, countedTo } = data;
    const groups = data.groups.map(({ rowId, leg, tariffId, prefix, late }) => ({
      ...{ rowId, leg, tariffId, prefix, late },
    }));
    await manager.query(
      `INSERT INTO call_summaries (provider_id, account_id, period_from, period_until, customer_id, counted_event,
                                   counted_commit, groups) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (provider_id, account_id, period_from) DO NOTHING`,
      [
        ...[provider, accountId, period.from, period.until, customerId, countedTo.eventId],
        ...[positionFromText(countedTo.position).commit.toString(), toJsonb(groups)],
      ],
    );
    const [own] = await manager.query<CallSummary[]>(
      `${SUMMARIES} WHERE s.provider_id = $1 AND s.account_id = $2 AND s.period_from = $3::date`,
      [provider, accountId, period.from],
    );
    if (own) await countedByClose(manager, { provider, accountId, until: period.until, counted: own.counted });
  }
};

const NEVER_CORRECTED = {
  ...{ amountAtFirst: null, voided: false },
  ...{ billedAmount: null, billedTariffId: null, billedPrefix: null },
};

const UNRATED = {
  ...{ tariffId: null, tariffRevision: null, prefix: null },
  ...{ seconds: null, chargedSeconds: null, amount: null, currency: null },
  ...NEVER_CORRECTED,
};

const rowOf = (call: Xdr): Omit<CallRow, "providerId" | "edge" | "hour" | "eventId" | "recordedCommit"> => {
  const { key, leg, state, accountId, customerId, day, answered, ended, authorised, redirectedTo = null } = call;
  const common = { id: key, month: monthOf(answered), leg, state, accountId, customerId, day, answered, ended };
  const heard = { authorised, redirectedTo, ...call.personal };
  if (call.state === "UNRATED") return { ...common, ...heard, reason: call.reason, ...UNRATED };
  const { tariffId, prefix, seconds, chargedSeconds, amount, currency } = call;
  const rated = { tariffId, tariffRevision: call.tariffRevision.toString(), prefix, seconds, chargedSeconds, amount };
  return { ...common, ...heard, reason: null, ...rated, currency, ...NEVER_CORRECTED };
};
