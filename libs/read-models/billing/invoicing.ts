import { type EntityManager } from "typeorm";
import {
  type BasisPageRecorded,
  documentIdOf,
  type DocumentSealed,
  type InvoicePageRecorded,
  type NumbersAssigned,
  type PeriodClosed,
} from "#domain/invoicing/events.js";
import { isOf } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { takeSealed } from "../invoices/pages.js";
import { type Close, forgetPages, type PeriodOf, writeClosed } from "./closes.js";
import { closeThrough, keyOf, type Placed, type Touched } from "./fold.js";
import { writeLines } from "./lines.js";
import { CREDIT_NOTES, INVOICES } from "./numbers.js";
import { type CustomerRow, type RegisterRow, upsert } from "./rows.js";
import { VoidedPeriods } from "./voided.js";

/**
 * Rows of the billing feed from invoicing events (streams `receivables` and `register`): closed periods, lines billed,
 * periods whose invoice is void, invoices and credit notes without a number.
 */
export class InvoicingRows {
  private readonly pages: RecordedEvent<InvoicePageRecorded>[] = [];
  private readonly basisPages: RecordedEvent<BasisPageRecorded>[] = [];
  private readonly seals: { provider: string; event: RecordedEvent<DocumentSealed> }[] = [];
  /** Periods that the batch closes or issues again. */
  readonly closed: Close[] = [];
  /** Periods that are closed, or that a credit note corrects or voids. */
  private readonly based: PeriodOf[] = [];
  private readonly voids = new VoidedPeriods();
  private readonly numbered: { provider_id: string; invoice_id: string }[] = [];
  private readonly registers = new Map<string, RegisterRow>();

  fold(touched: Touched, { event, provider, id }: Placed): void {
    if (event.type === "NumbersAssigned") this.numbers(provider, event);
    if (!isOf(event, "receivables")) return;
    const key = keyOf(provider, id);
    const row = touched.customers.get(key);
    if (!row) throw new Error(`${event.stream} belongs to a customer that was never created`);
    const after: CustomerRow = {
      ...row,
      receivables_revision: event.revision.toString(),
      receivables_hash: event.metadata.contentHash,
    };
    switch (event.type) {
      case "InvoicePageRecorded":
        this.pages.push(event);
        touched.customers.set(key, after);
        return;
      case "BasisPageRecorded":
        this.basisPages.push(event);
        touched.customers.set(key, after);
        return;
      case "InvoiceSealed":
      case "CreditNoteSealed":
        this.seals.push({ provider, event });
        touched.customers.set(key, this.closes(provider, after, event));
        return;
      case "PeriodClosed":
        touched.customers.set(key, this.closes(provider, after, event));
        return;
      case "InvoiceVoided":
        this.voids.take(provider, id, event.data.period.from);
        touched.customers.set(key, after);
        return;
      case "PaymentPromised":
      case "CollectionExemptionSet":
      case "InvoiceOverdue":
      case "PaymentReminderDue":
      case "SuspensionWarned":
      case "SuspendedForNonPayment":
      case "TerminatedForNonPayment":
      case "NonPaymentSuspensionLifted":
      case "PaymentRecorded":
      case "PaymentReversed":
      case "RefundRecorded":
      case "InvoiceWrittenOff":
      case "CommandAccepted":
        touched.customers.set(key, after);
    }
  }

  /** A credit note that corrects or voids closes nothing; a reissue closes its period again, and no later one. */
  private closes(
    provider: string,
    row: CustomerRow,
    event: RecordedEvent<DocumentSealed> | RecordedEvent<PeriodClosed>,
  ): CustomerRow {
    // A goodwill credit is based on nothing; its period may be about to close.
    if (event.type === "CreditNoteSealed" && event.data.purpose === "GOODWILL") return row;
    this.based.push({ provider, customerId: row.customer_id, from: event.data.period.from });
    if (event.type === "CreditNoteSealed" && event.data.purpose !== "PERIOD") return row;
    this.closed.push({ provider, customer: row.state, event });
    const { period, reissueOf } = event.data;
    if (reissueOf === undefined) return closeThrough(row, period.until);
    this.voids.giveBack(provider, row.customer_id, period.from);
    return row;
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
    await forgetPages(manager, this.based);
    await this.voids.write(manager);
    const tables = { pages: "billing_pages", lines: "billing_lines" };
    const seals = this.seals.map(({ event }) => event);
    await writeLines(manager, await takeSealed(manager, tables, this.pages, seals));
    await upsert(
      manager,
      "billing_unnumbered",
      ["provider_id", "invoice_id"],
      this.seals.map(({ provider, event }) => ({
        provider_id: provider,
        invoice_id: documentIdOf(event),
        customer_id: event.data.customerId,
        issued_on: event.data.issuedOn,
        series: event.type === "InvoiceSealed" ? INVOICES : CREDIT_NOTES,
        revision: event.revision.toString(),
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
