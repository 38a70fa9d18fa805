import { canonicalJson } from "#event-store/canonical-json.js";
import { sha256 } from "#event-store/content-hash.js";
import { invoiceId } from "#event-store/ids.js";
import { type BasedBilling } from "#application/command/facts.js";
import { pageId } from "#application/command/pages.js";
import { LOCAL } from "#application/spec-support/memory-session.js";
import { type Line } from "#domain/billing/line.js";
import { halfOpen, type Interval } from "#domain/calendar.js";
import { closing } from "#domain/invoicing/closing.js";
import {
  type DocumentSealed,
  documentIdOf,
  type InvoicePageRecorded,
  type PeriodClosed,
  type ReceivablesEvent,
} from "#domain/invoicing/events.js";
import { pagesOf } from "#domain/invoicing/invoice.js";
import { totalsOf } from "#domain/invoicing/totals.js";
import { type World } from "./world.js";

/** What a close records, as the worker makes it. */
export const closeOf = (billing: BasedBilling, period: Interval, lines: readonly Line[]): ReceivablesEvent[] => {
  const { customer } = billing.history;
  const id = invoiceId(LOCAL.providerId, customer.customerId, period.from);
  const hash = (value: unknown): string => sha256(canonicalJson(value));
  const pages = pagesOf(id, lines, period, hash);
  const totals = totalsOf(lines, customer.currency);
  const { basis } = billing;
  return [...pages, closing({ invoiceId: id, billing, period, pages, totals, basis, basisPages: [], hash, pageId })];
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
      const { invoiceId: voidId } = event.data;
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
  const { period } = event.data;
  world.documents.push({ customerId, event, lines });
  if (event.type === "InvoiceSealed") world.session.facts.issued.set(id, { customerId, from: period.from });
  if (event.type === "InvoiceSealed" || event.data.purpose === "PERIOD") closes(world, customerId, event, lines);
};

/** A reissue closes its period again and no later one. */
const closes = (
  world: World,
  customerId: string,
  { data }: DocumentSealed | PeriodClosed,
  lines: readonly Line[],
): void => {
  if (data.reissueOf === undefined) world.closes.push({ customerId, period: halfOpen(data.period), lines });
};
