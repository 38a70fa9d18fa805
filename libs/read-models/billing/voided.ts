import { type EntityManager } from "typeorm";
import { comparedBy } from "#domain/billing/compared-by.js";
import { type LocalDate } from "#domain/calendar.js";
import { toJsonb } from "../runner/fit.js";
import { type Queryable } from "../runner/checkpoints.js";

export interface VoidedRow {
  readonly provider_id: string;
  readonly customer_id: string;
  readonly period_from: LocalDate;
}

/** Periods of a batch whose invoice is void: nothing bills them until a reissue (docs/rules.md#void). */
export class VoidedPeriods {
  private readonly periods = new Map<string, VoidedRow & { readonly isVoid: boolean }>();

  take(provider_id: string, customer_id: string, period_from: LocalDate): void {
    this.set({ provider_id, customer_id, period_from, isVoid: true });
  }

  giveBack(provider_id: string, customer_id: string, period_from: LocalDate): void {
    this.set({ provider_id, customer_id, period_from, isVoid: false });
  }

  private set(row: VoidedRow & { readonly isVoid: boolean }): void {
    this.periods.set([row.provider_id, row.customer_id, row.period_from].join(" "), row);
  }

  async write(manager: EntityManager): Promise<void> {
    const all = [...this.periods.values()];
    if (all.length === 0) return;
    const named = "SELECT * FROM jsonb_populate_recordset(NULL::billing_voided, $1::jsonb)";
    const json = (isVoid: boolean) => toJsonb(all.filter((row) => row.isVoid === isVoid));
    await manager.query(`INSERT INTO billing_voided ${named} ON CONFLICT DO NOTHING`, [json(true)]);
    await manager.query(
      `DELETE FROM billing_voided v USING (${named}) n
        WHERE v.provider_id = n.provider_id AND v.customer_id = n.customer_id AND v.period_from = n.period_from`,
      [json(false)],
    );
  }
}

/** First days of the periods whose invoice is void and was not issued again, by customer. */
export const voidedPeriodsOf = (found: readonly VoidedRow[]): ReadonlyMap<string, ReadonlySet<LocalDate>> => {
  const voided = new Map<string, Set<LocalDate>>();
  for (const { customer_id, period_from } of found) {
    voided.set(customer_id, (voided.get(customer_id) ?? new Set()).add(period_from));
  }
  return voided;
};

/** A one-time fee of a customer, by what lines are compared by. */
interface FeeRow {
  readonly customer_id: string;
  readonly commitment_id: string;
  readonly account_id: string;
  readonly row_id: string;
  readonly from_on: LocalDate;
}

/**
 * One-time fees that went with void invoices and were not billed again, as lines are compared, by customer. The same as
 * `feesGone` of all lines billed to them.
 */
export const feesGoneOf = async (
  db: Queryable,
  provider: string,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
  const gone = new Map<string, Set<string>>();
  if (customerIds.length === 0) return gone;
  const found = await db.query<FeeRow[]>(
    `SELECT DISTINCT customer_id, commitment_id, account_id, row_id, from_on FROM billing_lines v
      WHERE provider_id = $1 AND customer_id = ANY($2::uuid[])
        AND corrects @> '{"kind": "ONE_TIME", "voids": true}'
        AND NOT EXISTS (SELECT FROM billing_lines l
                         WHERE l.provider_id = v.provider_id AND l.customer_id = v.customer_id
                           AND l.belongs_to IN (v.belongs_to, v.from_on)
                           AND l.commitment_id = v.commitment_id AND l.account_id = v.account_id
                           AND l.row_id = v.row_id AND l.from_on = v.from_on
                           AND (l.kind = 'ONE_TIME' OR l.corrects @> '{"kind": "ONE_TIME"}')
                           AND (l.revision, l.position) > (v.revision, v.position))`,
    [provider, customerIds],
  );
  for (const { customer_id, commitment_id, account_id, row_id, from_on } of found) {
    const fee = { kind: "ONE_TIME" as const, commitmentId: commitment_id, accountId: account_id, rowId: row_id };
    gone.set(customer_id, (gone.get(customer_id) ?? new Set()).add(comparedBy({ ...fee, from: from_on })));
  }
  return gone;
};
