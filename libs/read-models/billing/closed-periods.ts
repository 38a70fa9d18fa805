import { type Queryable } from "./load.js";

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

/**
 * Closed periods by (first day, customer), descending. A basis has moved when an event takes effect in the period or
 * before and the basis does not reach it: it was dated back, or the close raced with it (docs/rules.md#basis). The basis
 * of a period that was computed again is that of the close that did it.
 * @param after first day and customer of the last row of the previous slice
 */
export const listClosedPeriods = (
  db: Queryable,
  provider: string,
  { customerId, moved }: ClosedPeriodFilter,
  slice: { readonly first: number; readonly after?: { readonly periodFrom: string; readonly customerId: string } },
): Promise<ClosedPeriod[]> =>
  db.query<ClosedPeriod[]>(
    `SELECT * FROM (
       SELECT p.customer_id, p.period_from, p.period_until, p.invoice_id, p.recorded_at,
              coalesce((
                SELECT json_agg(json_build_object('stream', f.stream, 'revision', f.revision::text, 'type', f.type,
                                                  'effectiveOn', f.effective_on) ORDER BY f.stream, f.revision)
                  FROM billing_facts f
                 WHERE f.provider_id = p.provider_id
                   AND f.subject_id IN (SELECT p.customer_id UNION ALL
                        SELECT (c ->> 'customerClassId')::uuid FROM billing_customers b,
                               jsonb_array_elements(b.state -> 'classes') c
                         WHERE b.provider_id = p.provider_id AND b.customer_id = p.customer_id
                           AND c ->> 'effectiveOn' <= p.period_until)
                   AND f.effective_on <= p.period_until
                   AND f.revision > coalesce((coalesce(r.basis, p.basis) ->> f.stream)::bigint, -1)), '[]') AS moved
         FROM billing_closed_periods p
         LEFT JOIN billing_closed_periods r
           ON r.provider_id = p.provider_id AND r.customer_id = p.customer_id AND r.period_from = p.recomputed_with
        WHERE p.provider_id = $1
          AND ($2::uuid IS NULL OR p.customer_id = $2)
          AND ($4::text IS NULL OR (p.period_from, p.customer_id) < ($4, $5::uuid))
     ) periods
     WHERE $3::boolean IS NULL OR $3 = (json_array_length(moved) > 0)
     ORDER BY period_from DESC, customer_id DESC LIMIT $6`,
    [
      provider,
      customerId ?? null,
      moved ?? null,
      slice.after?.periodFrom ?? null,
      slice.after?.customerId ?? null,
      slice.first,
    ],
  );
