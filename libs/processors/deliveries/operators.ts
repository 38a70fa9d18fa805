import { type DataSource } from "typeorm";
import { type Instant } from "#domain/calendar.js";
import { type CursorPlace } from "#read-models/rows/cursor.js";
import { COMPARISONS, refuseBadCursor } from "#read-models/rows/paging.js";
import { isIn, type Scope } from "#read-models/rows/scope.js";
import { limitOf, type Slice, type SliceArguments, sliceOf, walkOf, windowOf } from "#read-models/rows/window.js";
import { fit } from "#read-models/runner/fit.js";
import { IS_FREE, wakeSenders } from "./queue.js";
import { type DeliveryKind, type TargetName } from "./target.js";

export const deliveryStatuses = ["PENDING", "DELIVERED", "PARKED", "DISCARDED"] as const;
/** `PENDING`: to be sent. `PARKED`: given up until an operator decides; it holds its customer's later ones. */
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** A delivery as operators are shown it. */
export interface ShownDelivery {
  readonly id: string;
  readonly providerId: string;
  readonly customerId: string;
  readonly target: TargetName;
  readonly kind: DeliveryKind;
  readonly on: string;
  readonly subjectId: string | null;
  readonly eventId: string;
  readonly status: DeliveryStatus;
  /** Parked, but the customer's later ones go on. */
  readonly passedOver: boolean;
  readonly stub: boolean;
  /** How often it was sent and answered. */
  readonly tries: number;
  readonly lastError: string | null;
  /** Not to be tried before; null: at once, or not at all. */
  readonly notBefore: Date | null;
  /** Why it was discarded, and by whom. */
  readonly reason: string | null;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
  readonly createdAt: Date;
}

export interface DeliveryFilter {
  readonly customerId?: string | undefined;
  readonly target?: TargetName | undefined;
  readonly status?: DeliveryStatus | undefined;
  readonly kind?: DeliveryKind | undefined;
}

const SHOWN = `id, provider_id AS "providerId", customer_id AS "customerId", target, kind, on_date::text AS "on",
  subject_id AS "subjectId", event_id AS "eventId", status, passed_over AS "passedOver", stub, tries,
  last_error AS "lastError", CASE WHEN status = 'PENDING' THEN nullif(not_before, '-infinity') END AS "notBefore",
  reason, settled_by AS "settledBy", settled_at AS "settledAt", created_at AS "createdAt"`;

/** SQL: a delivery's place in the list of all, which is in the order of their events. */
const PLACE = "(deliveries.commit, deliveries.prepare, deliveries.place, id)";
const AT = (parameter: number): string =>
  `(split_part($${parameter}, ' ', 1)::numeric, split_part($${parameter}, ' ', 2)::numeric,
    split_part($${parameter}, ' ', 3)::integer, $${parameter + 1}::uuid)`;

/** Name of the only sort order, in cursors. */
const ORDER = "EVENT DESC";
const { after: BEHIND, before: AHEAD } = COMPARISONS.DESC;

const matching = (behind: string, ahead: string): string =>
  `provider_id = $1 AND ${isIn("customer_id", 2)} AND ${isIn("customer_id", 11)} AND ($3::text IS NULL OR target = $3)
   AND ${isIn("customer_id", 10)} AND ($4::text IS NULL OR status = $4) AND ($5::text IS NULL OR kind = $5)
   AND ($6::text IS NULL OR ${PLACE} ${behind} ${AT(6)}) AND ($8::text IS NULL OR ${PLACE} ${ahead} ${AT(8)})
   AND ($12::timestamptz IS NULL OR recorded_at::timestamptz <= $12)
   AND ($13::timestamptz IS NULL OR recorded_at::timestamptz < $13)`;

/** Of which events deliveries are listed: those recorded at `knownAt` or before, and before `dayEnds`; null: of all. */
export interface EventsUntil {
  readonly knownAt: Instant | null;
  readonly dayEnds: Instant | null;
}

/**
 * Deliveries of a scope, those of the latest events first.
 * @param ofCustomer only those about this customer, whatever the filter says
 * @throws Rejection VALIDATION_FAILED for an invalid size or cursor
 */
export const listDeliveries = async (
  dataSource: DataSource,
  { providerId: provider, customerId: own }: Scope,
  filter: DeliveryFilter | null | undefined,
  asked: SliceArguments,
  ofCustomer?: string,
  { knownAt, dayEnds }: EventsUntil = { knownAt: null, dayEnds: null },
): Promise<Slice<ShownDelivery>> => {
  const { customerId, target, status, kind } = filter ?? {};
  const window = windowOf(asked, ORDER);
  const walk = walkOf(window, "DESC");
  const parameters = (behind: CursorPlace | null, ahead: CursorPlace | null): unknown[] => [
    ...[provider, customerId ?? null, target ?? null, status ?? null, kind ?? null],
    ...[behind?.key ?? null, behind?.unique ?? null, ahead?.key ?? null, ahead?.unique ?? null],
    ...[ofCustomer ?? null, own, knownAt, dayEnds],
  ];
  const found = await dataSource
    .query<(ShownDelivery & { readonly key: string })[]>(
      `SELECT ${SHOWN}, concat_ws(' ', commit, prepare, place) AS key FROM deliveries WHERE ${matching(BEHIND, AHEAD)}
        ORDER BY deliveries.commit ${walk}, deliveries.prepare ${walk}, place ${walk}, id ${walk}
        LIMIT ${limitOf(window)}`,
      parameters(window.after, window.before),
    )
    .catch(refuseBadCursor(window));
  const rows = found.map(({ key, ...row }) => ({ row, place: { key, unique: row.id } }));
  return sliceOf(window, rows, {
    exists: async (argument) => {
      const [behind, ahead] = argument === "after" ? [null, window.after] : [window.before, null];
      const [answer] = await dataSource.query<{ found: boolean }[]>(
        `SELECT EXISTS (SELECT FROM deliveries WHERE ${matching(`${BEHIND}=`, `${AHEAD}=`)}) AS found`,
        parameters(behind, ahead),
      );
      return answer?.found ?? false;
    },
    count: async () => {
      const [answer] = await dataSource.query<{ count: string }[]>(
        `SELECT count(*) FROM deliveries WHERE ${matching(BEHIND, AHEAD)}`,
        parameters(null, null),
      );
      return Number(answer?.count ?? 0);
    },
  });
};

export const findDelivery = async (
  dataSource: DataSource,
  { providerId, customerId }: Scope,
  id: string,
): Promise<ShownDelivery | undefined> => {
  const [row] = await dataSource.query<ShownDelivery[]>(
    `SELECT ${SHOWN} FROM deliveries WHERE provider_id = $1 AND id = $2 AND ${isIn("customer_id", 3)}`,
    [providerId, id, customerId],
  );
  return row;
};

/** Deliveries of a scope by their ids; unknown ids are left out. */
export const deliveriesByIds = async (
  dataSource: DataSource,
  { providerId, customerId }: Scope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ShownDelivery>> => {
  const rows =
    ids.length === 0
      ? []
      : await dataSource.query<ShownDelivery[]>(
          `SELECT ${SHOWN} FROM deliveries
            WHERE provider_id = $1 AND id = ANY($2::uuid[]) AND ${isIn("customer_id", 3)}`,
          [providerId, ids, customerId],
        );
  return new Map(rows.map((row) => [row.id, row]));
};

/** How many deliveries of a provider there are by target and status. */
export const countByTarget = async (
  dataSource: DataSource,
  provider: string,
): Promise<{ readonly target: TargetName; readonly status: DeliveryStatus; readonly count: number }[]> => {
  const rows = await dataSource.query<{ target: TargetName; status: DeliveryStatus; count: string }[]>(
    "SELECT target, status, count(*) AS count FROM deliveries WHERE provider_id = $1 GROUP BY target, status",
    [provider],
  );
  return rows.map(({ count, ...row }) => ({ ...row, count: Number(count) }));
};

/** What an operator may do with a delivery. */
export type Act =
  /** Sent again from the beginning, at once. Also for one that waits for its next try. */
  | { readonly act: "RETRY" }
  /** The same, with content that is prepared anew. Only a parked one: whoever asks knows that the target does not have it. */
  | { readonly act: "RETRY_ANEW" }
  /** Never sent. */
  | { readonly act: "DISCARD"; readonly reason: string; readonly by: string }
  /** Stays parked; the customer's later ones go on. */
  | { readonly act: "PASS_OVER" };

const FROM_THE_BEGINNING = `status = 'PENDING', passed_over = false, tries = 0, failing_since = NULL,
  not_before = '-infinity', settled_at = NULL`;

const acts: Readonly<Record<Act["act"], { readonly set: string; readonly on: string }>> = {
  RETRY: { set: FROM_THE_BEGINNING, on: "status IN ('PENDING', 'PARKED')" },
  RETRY_ANEW: { set: `${FROM_THE_BEGINNING}, content = NULL`, on: "status = 'PARKED'" },
  DISCARD: {
    set: "status = 'DISCARDED', reason = $3, settled_by = $4, settled_at = now(), content = NULL",
    on: "status IN ('PENDING', 'PARKED')",
  },
  PASS_OVER: { set: "passed_over = true", on: "status = 'PARKED'" },
};

/**
 * Does what an operator wants of a delivery. Returns false, and changes nothing, where its status does not allow it or
 * it is being sent at this moment.
 */
export const actOnDelivery = async (
  dataSource: DataSource,
  provider: string,
  id: string,
  act: Act,
): Promise<boolean> => {
  const { set, on } = acts[act.act];
  const parameters = act.act === "DISCARD" ? [fit(act.reason), act.by] : [];
  const changed = await dataSource.query<[unknown[], number]>(
    `UPDATE deliveries d SET ${set}
      WHERE provider_id = $1 AND id = $2 AND ${on} AND ${IS_FREE}`,
    [provider, id, ...parameters],
  );
  await wakeSenders(dataSource);
  return changed[1] === 1;
};

/** For metrics: what waits and is parked by target, since when the oldest waits, and how many providers it does not answer. */
export const countWaiting = async (
  dataSource: DataSource,
): Promise<
  readonly {
    readonly name: TargetName;
    readonly waiting: number;
    readonly parked: number;
    readonly oldestSeconds: number;
    readonly down: number;
  }[]
> => {
  const rows = await dataSource.query<Record<"target" | "waiting" | "parked" | "oldest" | "down", string>[]>(
    `SELECT coalesce(w.target, o.target) AS target, coalesce(w.waiting, 0) AS waiting, coalesce(w.parked, 0) AS parked,
            coalesce(extract(epoch FROM now() - w.oldest), 0) AS oldest, coalesce(o.down, 0) AS down
       FROM (SELECT target, count(*) FILTER (WHERE status = 'PENDING') AS waiting,
                    count(*) FILTER (WHERE status = 'PARKED') AS parked,
                    min(created_at) FILTER (WHERE status = 'PENDING') AS oldest
               FROM deliveries WHERE status IN ('PENDING', 'PARKED') GROUP BY target) w
       FULL JOIN (SELECT target, count(*) AS down FROM delivery_outages GROUP BY target) o ON o.target = w.target`,
  );
  return rows.map(({ target, waiting, parked, oldest, down }) => ({
    name: target as TargetName,
    waiting: Number(waiting),
    parked: Number(parked),
    oldestSeconds: Math.floor(Number(oldest)),
    down: Number(down),
  }));
};

/** The number of a provider's parked deliveries; `most` where there are as many or more. */
export const countParkedDeliveries = async (
  dataSource: Pick<DataSource, "query">,
  { providerId }: Scope,
  most: number,
): Promise<number> => {
  const [row] = await dataSource.query<{ count: string }[]>(
    "SELECT count(*) FROM (SELECT FROM deliveries WHERE provider_id = $1 AND status = 'PARKED' LIMIT $2) counted",
    [providerId, most],
  );
  return Number(row?.count ?? 0);
};
