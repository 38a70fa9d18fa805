import { type EntityManager } from "typeorm";
import { ofType } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { ContradictoryEvent } from "../runner/contradiction.js";
import { toJsonb } from "../runner/fit.js";
import { upsert } from "../runner/upsert.js";
import { type ReceivablesOrRegister } from "./steps.js";
import { payments, refunds } from "./table.js";

/** Writes the payments, reversals and refunds of a batch. */
export const writePayments = async (
  manager: EntityManager,
  events: readonly ReceivablesOrRegister[],
): Promise<void> => {
  await upsert(
    manager,
    payments,
    ofType(events, "PaymentRecorded").map((event) => {
      const { paymentId: id, effectiveOn: recordedOn, personal, ...payment } = event.data;
      const reversal = { reversedOn: null, reversalReason: null };
      return { ...payment, ...personal, ...reversal, ...recorded(event), id, recordedOn };
    }),
  );
  await upsert(
    manager,
    refunds,
    ofType(events, "RefundRecorded").map((event) => {
      const { refundId: id, effectiveOn: recordedOn, personal, ...refund } = event.data;
      return { ...refund, ...personal, ...recorded(event), id, recordedOn };
    }),
  );
  await writeReversals(manager, events);
};

const recorded = ({ stream, metadata, position }: RecordedEvent) => ({
  providerId: parseStreamName(stream).provider,
  recordedAt: metadata.recordedAt,
  recordedCommit: position.commit.toString(),
});

const writeReversals = async (manager: EntityManager, events: readonly ReceivablesOrRegister[]): Promise<void> => {
  const reversals = ofType(events, "PaymentReversed");
  if (reversals.length === 0) return;
  const rows = reversals.map(({ stream, data }) => ({
    provider_id: parseStreamName(stream).provider,
    id: data.paymentId,
    reversed_on: data.effectiveOn,
    reversal_reason: data.personal.reason,
  }));
  const [answer] = await manager.query<{ written: string[] }[]>(
    `WITH written AS (
       UPDATE payments p SET reversed_on = n.reversed_on, reversal_reason = n.reversal_reason
         FROM jsonb_populate_recordset(NULL::payments, $1::jsonb) n
        WHERE p.provider_id = n.provider_id AND p.id = n.id
       RETURNING p.id
     )
     SELECT coalesce(json_agg(id), '[]') AS written FROM written`,
    [toJsonb(rows)],
  );
  const written = new Set(answer?.written);
  const missing = reversals.find(({ data }) => !written.has(data.paymentId));
  if (missing) throw new ContradictoryEvent(missing, `The payment ${missing.data.paymentId} was not recorded before`);
};
