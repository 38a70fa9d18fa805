import { callsOf } from "#domain/voice/events.js";
import { type Xdr } from "#domain/voice/xdr.js";
import { ofType } from "#event-store/catalogue.js";
import { parseStreamName } from "#event-store/streams.js";
import { makePartitions, missingIn, monthOf } from "../runner/partitions.js";
import { type Projection } from "../runner/projection.js";
import { upsert } from "../runner/upsert.js";
import { type CallRow, calls } from "./table.js";

/** A row for each call, in partitions by the month of the answer. */
export const callsProjection: Projection<"calls"> = {
  name: "calls",
  version: 3,
  tables: ["xdrs"],
  categories: ["calls"],
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
    if (rows.length === 0) return;
    const months = [...new Set(rows.map(({ month }) => month))];
    const missing = await manager.query<{ month: string }[]>(missingIn("xdrs"), [months]);
    await makePartitions(
      manager,
      "xdrs",
      missing.map(({ month }) => month),
    );
    await upsert(manager, calls, rows);
  },
};

const UNRATED = {
  ...{ tariffId: null, tariffRevision: null, prefix: null },
  ...{ seconds: null, chargedSeconds: null, amount: null, currency: null },
};

const rowOf = (call: Xdr): Omit<CallRow, "providerId" | "edge" | "hour" | "eventId" | "recordedCommit"> => {
  const { key, leg, state, accountId, customerId, day, answered, ended, authorised, redirectedTo = null } = call;
  const common = { id: key, month: monthOf(answered), leg, state, accountId, customerId, day, answered, ended };
  const heard = { authorised, redirectedTo, ...call.personal };
  if (call.state === "UNRATED") return { ...common, ...heard, reason: call.reason, ...UNRATED };
  const { tariffId, prefix, seconds, chargedSeconds, amount, currency } = call;
  const rated = { tariffId, tariffRevision: call.tariffRevision.toString(), prefix, seconds, chargedSeconds, amount };
  return { ...common, ...heard, reason: null, ...rated, currency };
};
