import { type EntityManager } from "typeorm";
import { addDays } from "#domain/calendar.js";
import {
  type BasisPageRecorded,
  type InvoicePageRecorded,
  type InvoiceSealed,
  type NumbersAssigned,
} from "#domain/invoicing/events.js";
import { isOf } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { takeSealed } from "../invoices/pages.js";
import { type Close, writeClosed } from "./closes.js";
import { closeThrough, keyOf, type Placed, type Touched } from "./fold.js";
import { writeLines } from "./lines.js";
import { type RegisterRow, upsert } from "./rows.js";

/**
 * Rows of the billing feed from invoicing events (streams `receivables` and `register`): closed periods, lines billed,
 * invoices without a number.
 */
export class InvoicingRows {
  private readonly pages: RecordedEvent<InvoicePageRecorded>[] = [];
  private readonly basisPages: RecordedEvent<BasisPageRecorded>[] = [];
  private readonly seals: { provider: string; event: RecordedEvent<InvoiceSealed> }[] = [];
  private readonly closed: Close[] = [];
  private readonly numbered: { provider_id: string; invoice_id: string }[] = [];
  private readonly registers = new Map<string, RegisterRow>();

  fold(touched: Touched, { event, provider, id }: Placed): void {
    if (event.type === "NumbersAssigned") this.numbers(provider, event);
    if (!isOf(event, "receivables")) return;
    const key = keyOf(provider, id);
    const row = touched.customers.get(key);
    if (!row) throw new Error(`${event.stream} belongs to a customer that was never created`);
    const at = { receivables_revision: event.revision.toString(), receivables_hash: event.metadata.contentHash };
    switch (event.type) {
      case "InvoicePageRecorded":
        this.pages.push(event);
        touched.customers.set(key, { ...row, ...at });
        return;
      case "BasisPageRecorded":
        this.basisPages.push(event);
        touched.customers.set(key, { ...row, ...at });
        return;
      case "InvoiceSealed":
        this.seals.push({ provider, event });
        this.closed.push({ provider, customer: row.state, event });
        touched.customers.set(key, closeThrough({ ...row, ...at }, event.data.period.until));
        return;
      case "PeriodClosed":
        this.closed.push({ provider, customer: row.state, event });
        touched.customers.set(key, closeThrough({ ...row, ...at }, event.data.period.until));
    }
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
    await writeClosed(manager, this.basisPages, this.closed);
    const tables = { pages: "billing_pages", lines: "billing_lines" };
    const seals = this.seals.map(({ event }) => event);
    await writeLines(manager, await takeSealed(manager, tables, this.pages, seals));
    await upsert(
      manager,
      "billing_unnumbered",
      ["provider_id", "invoice_id"],
      this.seals.map(({ provider, event }) => ({
        provider_id: provider,
        invoice_id: event.data.invoiceId,
        customer_id: event.data.customerId,
        issued_on: addDays(event.data.period.until, 1),
      })),
    );
    await upsert(manager, "billing_registers", ["provider_id", "series"], [...this.registers.values()]);
    if (this.numbered.length === 0) return;
    await manager.query(
      `DELETE FROM billing_unnumbered u USING jsonb_populate_recordset(NULL::billing_unnumbered, $1::jsonb) n
        WHERE u.provider_id = n.provider_id AND u.invoice_id = n.invoice_id`,
      [JSON.stringify(this.numbered)],
    );
  }
}
