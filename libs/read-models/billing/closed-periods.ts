import { type CursorPlace } from "../rows/cursor.js";
import { COMPARISONS, refuseBadCursor } from "../rows/paging.js";
import { isIn, type Scope } from "../rows/scope.js";
import { limitOf, type Slice, type SliceArguments, sliceOf, walkOf, windowOf } from "../rows/window.js";
import { type Queryable } from "./load.js";
import { lateFacts } from "./moved.js";

export interface ClosedPeriod {
  readonly customer_id: string;
  /** First and last day. */
  readonly period_from: string;
  readonly period_until: string;
  /** Null: closed without a line, or only by the close that computed it again (docs/rules.md#held-nothing-then). */
  readonly invoice_id: string | null;
  readonly recorded_at: string;
  /** Late events of the period: they take effect in it or before and are not in its basis. */
  readonly moved: readonly {
    readonly stream: string;
    readonly revision: string;
    readonly type: string;
    readonly effectiveOn: string;
  }[];
}

export interface ClosedPeriodFilter {
  readonly customerId?: string;
  /** True: only periods whose basis has moved; false: only the others; left out: all. */
  readonly moved?: boolean;
}

/** Name of the only sort order, in cursors. */
const ORDER = "PERIOD DESC";
const { after: BEHIND, before: AHEAD } = COMPARISONS.DESC;

/**
 * Closed periods by (first day, customer), descending. A basis has moved when an event takes effect in the period or
 * before and the basis does not reach it: it was dated back, or the close raced with it (docs/rules.md#basis). The basis
 * of a period that was computed again is that of the close that did it.
 * @throws Rejection VALIDATION_FAILED for an invalid size or cursor
 */
export const listClosedPeriods = async (
  db: Queryable,
  { providerId: provider, customerId: own }: Scope,
  { customerId, moved }: ClosedPeriodFilter,
  asked: SliceArguments,
): Promise<Slice<ClosedPeriod>> => {
  const window = windowOf(asked, ORDER);
  const { after, before } = window;
  const conditions = { behind: after, ahead: before };
  const walk = walkOf(window, "DESC");
  const filter = { customerId: customerId ?? null, own, moved: moved ?? null };
  const found = await db
    .query<ClosedPeriod[]>(
      `SELECT * FROM (${periods(BEHIND, AHEAD)}) periods WHERE ${IS_ASKED_FOR}
        ORDER BY period_from ${walk}, customer_id ${walk} LIMIT ${limitOf(window)}`,
      parameters(provider, filter, conditions),
    )
    .catch(refuseBadCursor(window));
  const rows = found.map((row) => ({ row, place: { key: row.period_from, unique: row.customer_id } }));
  return sliceOf(window, rows, {
    exists: async (argument) => {
      const sides = argument === "after" ? { behind: null, ahead: after } : { behind: before, ahead: null };
      const [answer] = await db.query<{ found: boolean }[]>(
        `SELECT EXISTS (SELECT FROM (${periods(`${BEHIND}=`, `${AHEAD}=`)}) periods WHERE ${IS_ASKED_FOR}) AS found`,
        parameters(provider, filter, sides),
      );
      return answer?.found ?? false;
    },
    count: async () => {
      const [answer] = await db.query<{ count: string }[]>(
        `SELECT count(*) FROM (${periods(BEHIND, AHEAD)}) periods WHERE ${IS_ASKED_FOR}`,
        parameters(provider, filter, { behind: null, ahead: null }),
      );
      return Number(answer?.count ?? 0);
    },
  });
};

/** The number of periods with late events; `most` where there are as many or more. */
export const countMovedPeriods = async (
  db: Queryable,
  { providerId, customerId }: Scope,
  most: number,
): Promise<number> => {
  const [answer] = await db.query<{ count: string }[]>(
    `SELECT count(*) FROM (SELECT FROM (${periods(BEHIND, AHEAD)}) periods WHERE ${IS_ASKED_FOR} LIMIT ${most}) counted`,
    parameters(providerId, { customerId: null, own: customerId, moved: true }, { behind: null, ahead: null }),
  );
  return Number(answer?.count ?? 0);
};

const IS_ASKED_FOR = "($3::boolean IS NULL OR $3 = (json_array_length(moved) > 0))";

/** The periods behind one place and ahead of another one. */
const periods = (behind: string, ahead: string): string =>
  `SELECT p.customer_id, p.period_from, p.period_until, p.invoice_id, p.recorded_at,
          coalesce((
            SELECT json_agg(json_build_object('stream', f.stream, 'revision', f.revision::text, 'type', f.type,
                                              'effectiveOn', f.effective_on) ORDER BY f.stream, f.revision)
              FROM ${lateFacts("b")}
               AND NOT EXISTS (SELECT FROM billing_voided v
                                WHERE v.provider_id = p.provider_id AND v.customer_id = p.customer_id
                                  AND v.period_from = p.period_from)), '[]') AS moved
     FROM billing_closed_periods p
     JOIN billing_closed_periods b ON b.provider_id = p.provider_id AND b.customer_id = p.customer_id
                                  AND b.period_from = coalesce(p.recomputed_with, p.period_from)
    WHERE p.provider_id = $1
      AND ${isIn("p.customer_id", 2)} AND ${isIn("p.customer_id", 8)}
      AND ($3::boolean IS NOT TRUE OR p.customer_id IN (SELECT customer_id FROM billing_moved WHERE provider_id = $1))
      AND ($4::text IS NULL OR (p.period_from, p.customer_id) ${behind} ($4, $5::uuid))
      AND ($6::text IS NULL OR (p.period_from, p.customer_id) ${ahead} ($6, $7::uuid))`;

const parameters = (
  provider: string,
  {
    customerId,
    own,
    moved,
  }: Readonly<Record<"customerId" | "own", string | null>> & { readonly moved: boolean | null },
  { behind, ahead }: { readonly behind: CursorPlace | null; readonly ahead: CursorPlace | null },
): unknown[] => [
  ...[provider, customerId, moved],
  ...[behind?.key ?? null, behind?.unique ?? null, ahead?.key ?? null, ahead?.unique ?? null],
  own,
];
