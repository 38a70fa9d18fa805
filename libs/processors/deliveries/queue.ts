import { type DataSource, type EntityManager } from "typeorm";
import { type RecordedEvent } from "#event-store/event.js";
import { type Position } from "#event-store/position.js";
import { type Queryable } from "#read-models/runner/checkpoints.js";
import { fit } from "#read-models/runner/fit.js";
import { type Content, type Delivery, type TargetName } from "./target.js";

/**
 * Notification channel that wakes the processes that send deliveries. The payload is the target that has new ones; empty:
 * there may be something to do for any.
 */
export const DELIVERIES_CHANNEL = "tenure_deliveries";

export interface NewDelivery extends Omit<Delivery, "event"> {
  readonly stub: boolean;
  readonly event: RecordedEvent;
  /** Its place among those of its event. */
  readonly place: number;
}

/** Records deliveries; those that are recorded already stay as they are. */
export const recordDeliveries = async (manager: EntityManager, deliveries: readonly NewDelivery[]): Promise<void> => {
  if (deliveries.length === 0) return;
  const rows = deliveries.map(({ event, provider, customerId, subjectId, on, ...rest }) => ({
    ...rest,
    provider_id: provider,
    customer_id: customerId,
    subject_id: subjectId,
    on_date: on,
    event_id: event.id,
    stream: event.stream,
    revision: event.revision.toString(),
    recorded_at: event.metadata.recordedAt,
    commit: event.position.commit.toString(),
    prepare: event.position.prepare.toString(),
  }));
  await manager.query(
    `WITH recorded AS (
       INSERT INTO deliveries (id, provider_id, customer_id, target, kind, on_date, subject_id, stub, event_id, stream,
                               revision, recorded_at, commit, prepare, place, status, not_before)
       SELECT r.id, r.provider_id, r.customer_id, r.target, r.kind, r.on_date, r.subject_id, r.stub, r.event_id,
              r.stream, r.revision, r.recorded_at, r.commit, r.prepare, r.place, 'PENDING', '-infinity'
         FROM jsonb_populate_recordset(NULL::deliveries, $1::jsonb) r
       ON CONFLICT DO NOTHING RETURNING target
     )
     SELECT pg_notify('${DELIVERIES_CHANNEL}', target) FROM recorded GROUP BY target`,
    [JSON.stringify(rows)],
  );
};

/** Wakes the processes that send deliveries: there may be something to do at once. */
export const wakeSenders = async (dataSource: DataSource): Promise<void> => {
  await dataSource.query("SELECT pg_notify($1, '')", [DELIVERIES_CHANNEL]);
};

/** A delivery that a process is sending. */
export interface TakenDelivery {
  readonly delivery: Delivery;
  readonly stub: boolean;
  readonly position: Position;
  readonly content: Content | null;
  readonly tries: number;
  readonly failingSince: Date | null;
  /** The process's session, and until when it may send: together they are those of one try alone. */
  readonly sender: string;
  readonly sendingUntil: string;
}

interface TakenRow {
  readonly id: string;
  readonly provider_id: string;
  readonly customer_id: string;
  readonly target: TargetName;
  readonly kind: Delivery["kind"];
  readonly on_date: string;
  readonly subject_id: string | null;
  readonly stub: boolean;
  readonly event_id: string;
  readonly stream: string;
  readonly revision: string;
  readonly recorded_at: string;
  readonly commit: string;
  readonly prepare: string;
  readonly content: string | null;
  readonly tries: number;
  readonly failing_since: Date | null;
  readonly sender: string;
  readonly sending_until: string;
}

const takenOf = (row: TakenRow): TakenDelivery => ({
  delivery: {
    id: row.id,
    provider: row.provider_id,
    customerId: row.customer_id,
    target: row.target,
    kind: row.kind,
    on: row.on_date,
    subjectId: row.subject_id,
    event: { id: row.event_id, stream: row.stream, revision: BigInt(row.revision), recordedAt: row.recorded_at },
  },
  stub: row.stub,
  position: { commit: BigInt(row.commit), prepare: BigInt(row.prepare) },
  content: row.content === null ? null : (JSON.parse(row.content) as Content),
  tries: row.tries,
  failingSince: row.failing_since,
  sender: row.sender,
  sendingUntil: row.sending_until,
});

/** SQL: whether nobody is sending the delivery `d`. The lease ends with its time, or with its holder's session. */
export const IS_FREE = "(d.sending_until IS NULL OR d.sending_until < now() OR NOT session_lasts(d.sender))";

/** SQL: whether the delivery `d` is the first of its customer that waits for the target: a parked one holds the others. */
const IS_FIRST = `NOT EXISTS (SELECT FROM deliveries e
  WHERE e.provider_id = d.provider_id AND e.target = d.target AND e.customer_id = d.customer_id
    AND e.status IN ('PENDING', 'PARKED') AND NOT e.passed_over
    AND (e.commit, e.prepare, e.place) < (d.commit, d.prepare, d.place))`;

const takeable = (which: "AVAILABLE" | "STUBS" | { readonly probe: string }): string => {
  if (which === "STUBS") return "d.stub AND $5::uuid IS NULL";
  if (which !== "AVAILABLE") return "NOT d.stub AND d.provider_id = $5::uuid";
  return `$5::uuid IS NULL AND (d.stub OR NOT EXISTS (
    SELECT FROM delivery_outages o WHERE o.provider_id = d.provider_id AND o.target = d.target))`;
};

/**
 * Takes deliveries of a target that are due, oldest first, of each customer only the first. No other process takes them
 * for the given time, while the given session lasts.
 * @param which `AVAILABLE`: those of providers that the target answers, and of the recorder; `STUBS`: those of the
 * recorder alone; else the first of one provider, to ask whether the target is back
 */
export const takeDeliveries = async (
  session: Queryable,
  target: TargetName,
  now: Date,
  limit: number,
  forMs: number,
  which: "AVAILABLE" | "STUBS" | { readonly probe: string } = "AVAILABLE",
): Promise<TakenDelivery[]> => {
  const rows = await session.query<TakenRow[]>(
    `UPDATE deliveries t
        SET sending_until = now() + make_interval(secs => $4), sender = this_session()
       FROM (SELECT d.id FROM deliveries d
              WHERE d.target = $1 AND d.status = 'PENDING' AND d.not_before <= $2 AND ${takeable(which)}
                AND ${IS_FREE} AND ${IS_FIRST}
              ORDER BY d.commit, d.prepare, d.place LIMIT $3 FOR UPDATE OF d SKIP LOCKED) due
      WHERE t.id = due.id
      RETURNING t.id, t.provider_id, t.customer_id, t.target, t.kind, t.on_date::text, t.subject_id, t.stub, t.event_id,
                t.stream, t.revision, t.recorded_at, t.commit, t.prepare, t.content, t.tries, t.failing_since,
                t.sender, t.sending_until::text`,
    [target, now, limit, forMs / 1_000, typeof which === "object" ? which.probe : null],
  );
  return rows.map(takenOf);
};

/** SQL: the delivery, as long as this try has it. */
const MINE = "id = $1 AND sender = $2 AND sending_until = $3::timestamptz AND status = 'PENDING'";
const mine = ({ delivery, sender, sendingUntil }: TakenDelivery): unknown[] => [delivery.id, sender, sendingUntil];

/** Keeps what was prepared for all further tries. Returns whether this try still has the delivery. */
export const keepContent = async (dataSource: DataSource, taken: TakenDelivery, content: Content): Promise<boolean> => {
  const [, kept] = await dataSource.query<[unknown, number]>(`UPDATE deliveries SET content = $4 WHERE ${MINE}`, [
    ...mine(taken),
    fit(JSON.stringify(content)),
  ]);
  return kept === 1;
};

/** What is noted after a try. */
export type Outcome =
  | { readonly status: "DELIVERED" }
  | { readonly status: "DISCARDED"; readonly reason: string }
  | { readonly status: "PARKED"; readonly error: string; readonly failingSince: Date | null }
  /** Tried again, not before that time. */
  | { readonly status: "PENDING"; readonly error: string; readonly failingSince: Date; readonly notBefore: Date }
  /** Given back: the try does not count. */
  | { readonly status: "GIVEN_BACK"; readonly notBefore: Date | null };

/**
 * Notes what became of a try; nothing if the try took too long and another has begun. Content is dropped once sent.
 * @returns whether the customer has another one that waits for the target
 */
export const settleDelivery = async (
  dataSource: DataSource,
  taken: TakenDelivery,
  outcome: Outcome,
  now: Date,
): Promise<boolean> => {
  if (outcome.status === "GIVEN_BACK") {
    await dataSource.query(
      `UPDATE deliveries SET sending_until = NULL, sender = NULL, not_before = coalesce($4, not_before) WHERE ${MINE}`,
      [...mine(taken), outcome.notBefore],
    );
    return true;
  }
  const isOver = outcome.status === "DELIVERED" || outcome.status === "DISCARDED";
  const [[settled]] = await dataSource.query<[{ more: boolean }[], number]>(
    `UPDATE deliveries d
        SET sending_until = NULL, sender = NULL, status = $4, tries = tries + 1, last_error = coalesce($5, last_error),
            failing_since = $6, not_before = coalesce($7, not_before), reason = $8, settled_at = $9,
            settled_by = CASE WHEN $8::text IS NULL THEN NULL ELSE 'worker' END,
            content = CASE WHEN $9::timestamptz IS NULL OR stub THEN content END
      WHERE ${MINE}
      RETURNING EXISTS (SELECT FROM deliveries e
                         WHERE e.provider_id = d.provider_id AND e.target = d.target AND e.customer_id = d.customer_id
                           AND e.status = 'PENDING' AND e.id <> d.id) AS more`,
    [
      ...mine(taken),
      outcome.status,
      "error" in outcome ? fit(outcome.error) : null,
      "failingSince" in outcome ? outcome.failingSince : null,
      "notBefore" in outcome ? outcome.notBefore : null,
      "reason" in outcome ? outcome.reason : null,
      isOver ? now : null,
    ],
  );
  return settled?.more !== false;
};
