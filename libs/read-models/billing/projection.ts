import { type EntityManager } from "typeorm";
import { addDays } from "#domain/calendar.js";
import { type InvoicePageRecorded, type InvoiceSealed, type NumbersAssigned } from "#domain/invoicing/events.js";
import { eventTypes, isOf } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { type Projection } from "../runner/projection.js";
import {
  billingCategories,
  type BillingCategory,
  closeThrough,
  foldInto,
  keyOf,
  place,
  type Placed,
  readTouched,
  type Touched,
} from "./fold.js";
import { type GivenRow, type RegisterRow, upsert } from "./rows.js";

/** The feed of the billing run: states, ledger and what is due, by customer, in bulk (architecture.md, invariant 8). */
export const billingProjection: Projection<BillingCategory> = {
  name: "billing",
  version: 2,
  tables: [
    "billing_customers",
    "billing_accounts",
    "billing_classes",
    "billing_commitments",
    "billing_ledger",
    "billing_pages",
    "billing_closed_periods",
    "billing_facts",
    "billing_unnumbered",
    "billing_registers",
  ],
  categories: billingCategories,
  async apply(manager, events) {
    const placed = events.map(place);
    const touched = await readTouched(manager, placed);
    const receivables = new Receivables();
    for (const found of placed) {
      foldInto(touched, found);
      receivables.fold(touched, found);
    }
    await writeTouched(manager, touched);
    await writeFacts(manager, placed, touched);
    await receivables.write(manager);
  },
};

const writeTouched = async (manager: EntityManager, touched: Touched): Promise<void> => {
  await upsert(manager, "billing_customers", ["provider_id", "customer_id"], [...touched.customers.values()]);
  await upsert(manager, "billing_accounts", ["provider_id", "account_id"], [...touched.accounts.values()]);
  await upsert(manager, "billing_classes", ["provider_id", "customer_class_id"], [...touched.classes.values()]);
  await upsert(manager, "billing_commitments", ["provider_id", "commitment_id"], [...touched.commitments.values()]);
};

/**
 * What can change the charges of a closed period is kept by what it is about: the customer, or the class whose customers
 * it concerns.
 */
const writeFacts = async (manager: EntityManager, placed: readonly Placed[], touched: Touched): Promise<void> => {
  const rows = placed.filter(({ event }) => eventTypes[event.type].movesCharges);
  await upsert(
    manager,
    "billing_facts",
    ["provider_id", "stream", "revision"],
    rows.map(({ event, provider, id }) => ({
      provider_id: provider,
      stream: event.stream,
      revision: event.revision.toString(),
      subject_id:
        touched.commitments.get(keyOf(provider, id))?.customer_id ??
        (isOf(event, "account") ? touched.accounts.get(keyOf(provider, id))?.customer_id : undefined) ??
        id,
      effective_on: event.data.effectiveOn,
      type: event.type,
    })),
  );
};

interface PageRow {
  readonly provider_id: string;
  readonly event_id: string;
  readonly invoice_id: string;
  readonly given: readonly GivenRow[];
}

/** What receivables and register streams add: closed periods, the ledger, what has no number yet. */
class Receivables {
  private readonly pages = new Map<string, PageRow>();
  private readonly seals: { provider: string; event: RecordedEvent<InvoiceSealed> }[] = [];
  private readonly closed: object[] = [];
  private readonly numbered: { provider_id: string; invoice_id: string }[] = [];
  private readonly registers = new Map<string, RegisterRow>();

  fold(touched: Touched, { event, provider, id }: Placed): void {
    if (event.type === "NumbersAssigned") this.numbers(provider, event);
    if (!isOf(event, "receivables")) return;
    const key = keyOf(provider, id);
    const row = touched.customers.get(key);
    if (!row) throw new Error(`${event.stream} belongs to a customer that was never created`);
    const at = { receivables_revision: event.revision.toString(), receivables_hash: event.metadata.contentHash };
    if (event.type === "InvoicePageRecorded") {
      this.page(provider, event);
      touched.customers.set(key, { ...row, ...at });
      return;
    }
    if (event.type === "InvoiceSealed") this.seals.push({ provider, event });
    const { period, basis } = event.data;
    this.closed.push({
      provider_id: provider,
      customer_id: id,
      period_from: period.from,
      period_until: period.until,
      invoice_id: event.type === "InvoiceSealed" ? event.data.invoiceId : null,
      basis: Object.fromEntries(basis.map(({ stream, revision }) => [stream, revision])),
      recorded_at: event.metadata.recordedAt,
    });
    touched.customers.set(key, closeThrough({ ...row, ...at }, period.until));
  }

  private page(provider: string, { id, data }: RecordedEvent<InvoicePageRecorded>): void {
    const given = data.lines
      .filter(({ discountOrigin }) => discountOrigin === "COMMITMENT")
      .map(({ commitmentId, rowId, discount }) => ({ commitment_id: commitmentId, row_id: rowId, amount: discount }));
    this.pages.set(keyOf(provider, id), { provider_id: provider, event_id: id, invoice_id: data.invoiceId, given });
  }

  private numbers(provider: string, { data, revision, metadata }: RecordedEvent<NumbersAssigned>): void {
    for (const { invoiceId } of data.invoices) this.numbered.push({ provider_id: provider, invoice_id: invoiceId });
    this.registers.set(keyOf(provider, data.series), {
      provider_id: provider,
      series: data.series,
      revision: revision.toString(),
      hash: metadata.contentHash,
      next: data.first + data.invoices.length,
    });
  }

  async write(manager: EntityManager): Promise<void> {
    await upsert(manager, "billing_pages", ["provider_id", "event_id"], [...this.pages.values()]);
    await upsert(manager, "billing_closed_periods", ["provider_id", "customer_id", "period_from"], this.closed);
    await this.writeSeals(manager);
    await upsert(manager, "billing_registers", ["provider_id", "series"], [...this.registers.values()]);
    if (this.numbered.length > 0) {
      await manager.query(
        `DELETE FROM billing_unnumbered u USING jsonb_populate_recordset(NULL::billing_unnumbered, $1::jsonb) n
          WHERE u.provider_id = n.provider_id AND u.invoice_id = n.invoice_id`,
        [JSON.stringify(this.numbered)],
      );
    }
  }

  /** The ledger takes the pages that the seals name, and no other page of the same invoice. */
  private async writeSeals(manager: EntityManager): Promise<void> {
    if (this.seals.length === 0) return;
    const named = this.seals.flatMap(({ provider, event }) =>
      event.data.pages.map(({ eventId }) => ({ provider_id: provider, event_id: eventId })),
    );
    await manager.query(
      `INSERT INTO billing_ledger (provider_id, commitment_id, row_id, amount)
       SELECT p.provider_id, g.commitment_id, g.row_id, sum(g.amount)
         FROM jsonb_populate_recordset(NULL::billing_pages, $1::jsonb) n
         JOIN billing_pages p ON p.provider_id = n.provider_id AND p.event_id = n.event_id
        CROSS JOIN LATERAL jsonb_to_recordset(p.given) AS g (commitment_id uuid, row_id text, amount numeric)
        GROUP BY 1, 2, 3
       ON CONFLICT (provider_id, commitment_id, row_id)
         DO UPDATE SET amount = billing_ledger.amount + EXCLUDED.amount`,
      [JSON.stringify(named)],
    );
    const sealed = this.seals.map(({ provider, event }) => ({
      provider_id: provider,
      invoice_id: event.data.invoiceId,
      customer_id: event.data.customerId,
      issued_on: addDays(event.data.period.until, 1),
    }));
    await manager.query(
      `DELETE FROM billing_pages p USING jsonb_populate_recordset(NULL::billing_pages, $1::jsonb) n
        WHERE p.provider_id = n.provider_id AND p.invoice_id = n.invoice_id`,
      [JSON.stringify(sealed)],
    );
    await upsert(manager, "billing_unnumbered", ["provider_id", "invoice_id"], sealed);
  }
}
