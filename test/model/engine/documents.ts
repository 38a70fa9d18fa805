import { canonicalJson } from "#event-store/canonical-json.js";
import { sha256 } from "#event-store/content-hash.js";
import { invoiceId } from "#event-store/ids.js";
import { pageId } from "#application/command/pages.js";
import { LOCAL } from "#application/spec-support/memory-session.js";
import { classTermsOf } from "#domain/billing/class-terms.js";
import { recomputedFrom } from "#domain/billing/corrections.js";
import { billedLines, type CustomerBilling, withLines } from "#domain/billing/ledger.js";
import { type Line } from "#domain/billing/line.js";
import { addDays, type Interval } from "#domain/calendar.js";
import { billingPeriodOf } from "#domain/customers/customer.js";
import {
  type DocumentSealed,
  documentIdOf,
  type InvoicePageRecorded,
  type PeriodClosed,
  type ReceivablesEvent,
} from "#domain/invoicing/events.js";
import { pagesOf, periodClosed, seal } from "#domain/invoicing/invoice.js";
import { totalsOf } from "#domain/invoicing/totals.js";
import { type World } from "./world.js";

/** What a close records, as the worker makes it. */
export const closeOf = (billing: CustomerBilling, period: Interval, lines: readonly Line[]): ReceivablesEvent[] => {
  const { history } = billing;
  const { customer } = history;
  const basis = { entries: [], pages: [], recomputedFrom: recomputedFrom(billing) };
  if (lines.length === 0) return [periodClosed(customer, period, basis)];
  const id = invoiceId(LOCAL.providerId, customer.customerId, period.from);
  const hash = (value: unknown): string => sha256(canonicalJson(value));
  const pages = pagesOf(id, lines, period, hash);
  const named = pages.map((page) => {
    const { page: number, contentHash } = page.data;
    return { page: number, eventId: pageId(page), contentHash };
  });
  return [
    ...pages,
    seal({
      ...{ invoiceId: id, customer, period, issuedOn: period.to, pages: named, basis },
      totals: totalsOf(lines, customer.currency),
      contentHash: hash(pages.map(({ data }) => data.contentHash)),
      terms: classTermsOf(history, period),
    }),
  ];
};

/** As the billing feed does it: closed periods, lines billed and void periods. */
export const take = (world: World, customerId: string, event: ReceivablesEvent): void => {
  switch (event.type) {
    case "InvoiceSealed":
    case "CreditNoteSealed":
      issue(world, customerId, event);
      return;
    case "PeriodClosed":
      closes(world, customerId, event, []);
      return;
    case "InvoiceVoided": {
      const { invoiceId: voidId, period } = event.data;
      world.billedOf(customerId).voided.add(period.from);
      world.documents.push({ customerId, event, lines: [] });
      world.voided.add(voidId);
      return;
    }
    // Pages count by what seals them.
    case "InvoicePageRecorded":
    case "BasisPageRecorded":
    case "CommandAccepted":
    // Money is no document.
    case "PaymentRecorded":
    case "PaymentReversed":
    case "RefundRecorded":
    case "InvoiceWrittenOff":
    case "PaymentPromised":
    case "CollectionExemptionSet":
    case "InvoiceOverdue":
    case "PaymentReminderDue":
    case "SuspensionWarned":
    case "SuspendedForNonPayment":
    case "TerminatedForNonPayment":
    case "NonPaymentSuspensionLifted":
      return;
  }
};

const issue = (world: World, customerId: string, event: DocumentSealed): void => {
  const id = documentIdOf(event);
  const pages = new Set(event.data.pages.map(({ eventId }) => eventId));
  const lines = world.session.store.log
    .filter((stored) => pages.has(stored.id))
    .flatMap(({ data }) => (data as InvoicePageRecorded["data"]).lines);
  const billed = world.billedOf(customerId);
  const { period } = event.data;
  billed.sealed = withLines(billed.sealed, lines);
  billed.billed = [...billed.billed, ...billedLines(id, lines, { from: period.from, to: addDays(period.until, 1) })];
  world.documents.push({ customerId, event, lines });
  if (event.type === "InvoiceSealed") world.session.facts.issued.set(id, { customerId, from: period.from });
  if (event.type === "InvoiceSealed" || event.data.purpose === "PERIOD") closes(world, customerId, event, lines);
};

/** A reissue closes its period again and no later one. What is late for other periods stays late. */
const closes = (
  world: World,
  customerId: string,
  { data }: DocumentSealed | PeriodClosed,
  lines: readonly Line[],
): void => {
  const billed = world.billedOf(customerId);
  const period = { from: data.period.from, to: addDays(data.period.until, 1) };
  if (data.reissueOf !== undefined) {
    billed.voided.delete(period.from);
    return;
  }
  const { customer } = world.history(customerId);
  world.closes.push({ customerId, period, lines });
  const nextEnd = billingPeriodOf(customer, period.to).to;
  Object.assign(billed, { closedTo: period.to, nextEnd, late: [], movedFrom: null });
};
