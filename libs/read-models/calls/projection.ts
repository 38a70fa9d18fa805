import { type EntityManager } from "typeorm";
import { callsOf } from "#domain/voice/events.js";
import { type CallCorrected, type UsageSummarised } from "#domain/voice/usage-events.js";
import { isCallerHidden, type Xdr } from "#domain/voice/xdr.js";
import { ofType } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { positionFromText } from "#event-store/position.js";
import { parseStreamName } from "#event-store/streams.js";
import { toJsonb } from "../runner/fit.js";
import { type GivenColumn, givenRows } from "../runner/given-rows.js";
import { makePartitions, missingIn, monthOf } from "../runner/partitions.js";
import { type Projection } from "../runner/projection.js";
import { upsert } from "../runner/upsert.js";
import { countedByCloses, countRunning, decisive, type RunningCall } from "./running.js";
import { type CallRow, calls } from "./table.js";

/**
 * A row for each call, in partitions by the month of the answer, with what it was corrected to, and what each close counted
 * of an account's calls, and what none has counted, added up.
 */
export const callsProjection: Projection<"calls" | "usage"> = {
  name: "calls",
  version: 7,
  tables: ["xdrs", "call_summaries", "running_calls"],
  lateIndexes: ["xdrs_by_answer", "xdrs_of_customer", "xdrs_unrated", "call_summaries_of_customer"],
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

type Correction = RecordedEvent<CallCorrected>;

/** A call that is kept no longer has no row. One call may be corrected twice: then the second time comes after the first. */
const correct = async (manager: EntityManager, events: readonly Correction[]): Promise<void> => {
  const waves: Map<string, Correction>[] = [];
  for (const event of events) {
    const key = keyOf(event);
    const before = waves.findLastIndex((wave) => wave.has(key));
    (waves[before + 1] ??= new Map<string, Correction>()).set(key, event);
  }
  for (const wave of waves) await correctOnce(manager, [...wave.values()]);
};

const keyOf = ({ stream, data }: Correction): string => `${parseStreamName(stream).provider} ${data.key}`;

/** @param events each of another call */
const correctOnce = async (manager: EntityManager, events: readonly Correction[]): Promise<void> => {
  // What a close has counted runs no longer.
  const running = events.filter(({ data }) => data.period === null);
  const before = await runningCalls(manager, running);
  const rows = events.map(({ stream, data }) => {
    const { key, was, amount, rating, period, tariffId, prefix } = data;
    return {
      ...{ provider_id: parseStreamName(stream).provider, id: key, amount, was, voided: rating === undefined },
      ...{ tariff_id: rating?.tariffId, tariff_revision: rating?.tariffRevision, prefix: rating?.prefix },
      ...{ ended: rating?.ended, seconds: rating?.seconds, charged_seconds: rating?.chargedSeconds },
      ...(period !== null && { billed_amount: was, billed_tariff_id: tariffId, billed_prefix: prefix }),
    };
  });
  await manager.query(
    `UPDATE xdrs x SET amount = c.amount, amount_at_first = coalesce(x.amount_at_first, c.was), voided = c.voided,
            tariff_id = coalesce(c.tariff_id, x.tariff_id), tariff_revision = coalesce(c.tariff_revision, x.tariff_revision),
            prefix = coalesce(c.prefix, x.prefix), ended = coalesce(c.ended, x.ended),
            seconds = coalesce(c.seconds, x.seconds), charged_seconds = coalesce(c.charged_seconds, x.charged_seconds),
            billed_amount = coalesce(x.billed_amount, c.billed_amount),
            billed_tariff_id = coalesce(x.billed_tariff_id, c.billed_tariff_id),
            billed_prefix = coalesce(x.billed_prefix, c.billed_prefix)
       FROM jsonb_to_recordset($1::jsonb) AS c (provider_id uuid, id uuid, amount numeric, was numeric, voided boolean,
              tariff_id uuid, tariff_revision bigint, prefix text, ended timestamptz, seconds int, charged_seconds int,
              billed_amount numeric, billed_tariff_id uuid, billed_prefix text)
      WHERE x.provider_id = c.provider_id AND x.id = c.id`,
    [toJsonb(rows)],
  );
  const after = await runningCalls(manager, running);
  await countRunning(manager, [
    ...before.map((call) => ({ call, sign: -1 as const })),
    ...after.map((call) => ({ call, sign: 1 as const })),
  ]);
};

/** Rated calls as they are added up; none where one is kept no longer. */
const runningCalls = async (manager: EntityManager, events: readonly Correction[]): Promise<RunningCall[]> =>
  events.length === 0
    ? []
    : manager.query<RunningCall[]>(
        `SELECT x.provider_id AS "providerId", account_id AS "accountId", day::text, leg, tariff_id AS "tariffId",
                prefix, currency, seconds, charged_seconds AS "chargedSeconds", amount::text
           FROM unnest($1::uuid[], $2::uuid[]) AS k (provider_id, id)
           JOIN xdrs x ON x.provider_id = k.provider_id AND x.id = k.id AND x.state = 'RATED'`,
        [events.map(({ stream }) => parseStreamName(stream).provider), events.map(({ data }) => data.key)],
      );

/** What closes counted: there are a few for each account and month. */
const summarise = async (manager: EntityManager, events: readonly RecordedEvent<UsageSummarised>[]): Promise<void> => {
  if (events.length === 0) return;
  const closes = events.map(({ stream, data }) => {
    const { accountId, customerId, period, countedTo } = data;
    return {
      ...{ providerId: parseStreamName(stream).provider, accountId, customerId },
      ...{ periodFrom: period.from, periodUntil: period.until },
      ...{ countedEvent: countedTo.eventId, countedCommit: positionFromText(countedTo.position).commit.toString() },
      groups: data.groups.map(({ rowId, leg, tariffId, prefix, late }) => ({
        ...{ rowId, leg, tariffId, prefix, late },
      })),
    };
  });
  const { select, parameters } = await givenRows(manager, "call_summaries", SUMMARY_COLUMNS, closes);
  await manager.query(
    `INSERT INTO call_summaries (${SUMMARY_COLUMNS.map(({ name }) => name).join(", ")}) ${select}
     ON CONFLICT (provider_id, account_id, period_from) DO NOTHING`,
    [...parameters],
  );
  for (const some of decisive(closes)) await countedByCloses(manager, some);
};

const SUMMARY_COLUMNS: readonly GivenColumn[] = [
  ...[
    { name: "provider_id", property: "providerId" },
    { name: "account_id", property: "accountId" },
  ],
  ...[
    { name: "period_from", property: "periodFrom" },
    { name: "period_until", property: "periodUntil" },
  ],
  ...[
    { name: "customer_id", property: "customerId" },
    { name: "counted_event", property: "countedEvent" },
  ],
  ...[
    { name: "counted_commit", property: "countedCommit" },
    { name: "groups", property: "groups" },
  ],
];

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
  const heard = { authorised, redirectedTo, ...call.personal, callerHidden: isCallerHidden(call.personal) };
  if (call.state === "UNRATED") return { ...common, ...heard, reason: call.reason, ...UNRATED };
  const { tariffId, prefix, seconds, chargedSeconds, amount, currency } = call;
  const rated = { tariffId, tariffRevision: call.tariffRevision.toString(), prefix, seconds, chargedSeconds, amount };
  return { ...common, ...heard, reason: null, ...rated, currency, ...NEVER_CORRECTED };
};
