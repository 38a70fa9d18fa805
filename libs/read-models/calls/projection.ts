import { type EntityManager } from "typeorm";
import { callsOf } from "#domain/voice/events.js";
import { type CallCorrected } from "#domain/voice/usage-events.js";
import { type Xdr } from "#domain/voice/xdr.js";
import { ofType } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { makePartitions, missingIn, monthOf } from "../runner/partitions.js";
import { type Projection } from "../runner/projection.js";
import { upsert } from "../runner/upsert.js";
import { type CallRow, calls } from "./table.js";

/** A row for each call, in partitions by the month of the answer, with what it was corrected to. */
export const callsProjection: Projection<"calls" | "usage"> = {
  name: "calls",
  version: 4,
  tables: ["xdrs"],
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
  await upsert(manager, calls, rows);
};

/** One after the other: there are few, and one call may be corrected twice. A call that is kept no longer has no row. */
const correct = async (manager: EntityManager, events: readonly RecordedEvent<CallCorrected>[]): Promise<void> => {
  for (const { stream, data } of events) {
    const { key, was, amount, rating } = data;
    await manager.query(
      `UPDATE xdrs SET amount = $3, amount_at_first = coalesce(amount_at_first, $4), voided = $5,
              tariff_id = coalesce($6::uuid, tariff_id), tariff_revision = coalesce($7::bigint, tariff_revision),
              prefix = coalesce($8, prefix), ended = coalesce($9::timestamptz, ended),
              seconds = coalesce($10::int, seconds), charged_seconds = coalesce($11::int, charged_seconds)
        WHERE provider_id = $1 AND id = $2`,
      [
        ...[parseStreamName(stream).provider, key, amount, was, rating === undefined],
        ...[rating?.tariffId, rating?.tariffRevision, rating?.prefix, rating?.ended, rating?.seconds],
        rating?.chargedSeconds,
      ].map((value) => value ?? null),
    );
  }
};

const UNRATED = {
  ...{ tariffId: null, tariffRevision: null, prefix: null },
  ...{ seconds: null, chargedSeconds: null, amount: null, currency: null },
  ...{ amountAtFirst: null, voided: false },
};

const rowOf = (call: Xdr): Omit<CallRow, "providerId" | "edge" | "hour" | "eventId" | "recordedCommit"> => {
  const { key, leg, state, accountId, customerId, day, answered, ended, authorised, redirectedTo = null } = call;
  const common = { id: key, month: monthOf(answered), leg, state, accountId, customerId, day, answered, ended };
  const heard = { authorised, redirectedTo, ...call.personal };
  if (call.state === "UNRATED") return { ...common, ...heard, reason: call.reason, ...UNRATED };
  const { tariffId, prefix, seconds, chargedSeconds, amount, currency } = call;
  const rated = { tariffId, tariffRevision: call.tariffRevision.toString(), prefix, seconds, chargedSeconds, amount };
  return { ...common, ...heard, reason: null, ...rated, currency, amountAtFirst: null, voided: false };
};
