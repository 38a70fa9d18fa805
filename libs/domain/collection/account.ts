import { type LocalDate } from "../calendar.js";
import { type CreditNoteSealed, type InvoiceSealed, type InvoiceVoided } from "../invoicing/events.js";
import { type Amount, big, type Currency, format, ZERO } from "../money.js";
import { emptyAccount, type ReceivablesAccount, withCredit, withInvoice, withVoid } from "../receivables/account.js";
import { type Collection, overdueOn, type WaitingDocument } from "./collection.js";

/** The state with a sealed invoice or credit note, which counts once it is numbered. */
export const withSealed = (
  state: Collection,
  { type, data }: InvoiceSealed | CreditNoteSealed,
  eventId: string,
): Collection => {
  const { issuedOn, currency, total } = data;
  const document: WaitingDocument =
    type === "InvoiceSealed"
      ? {
          ...{ documentId: data.invoiceId, issuedOn, currency, total, eventId },
          ...{ dueOn: data.dueOn, purpose: null, invoiceId: null },
        }
      : {
          ...{ documentId: data.creditNoteId, issuedOn, currency, total, eventId },
          ...{ dueOn: null, purpose: data.purpose, invoiceId: data.invoiceId },
        };
  return { ...state, waiting: [...state.waiting, document] };
};

/**
 * The state with a number of a waiting document: an invoice is open, a credit note is used.
 * @returns null when nothing waits under this id
 */
export const withNumber = (
  state: Collection,
  assigned: { readonly documentId: string; readonly number: string; readonly eventId: string },
  today: LocalDate,
): Collection | null => {
  const document = state.waiting.find(({ documentId }) => documentId === assigned.documentId);
  if (!document) return null;
  const { documentId, issuedOn, currency, total, dueOn } = document;
  const waiting = state.waiting.filter((other) => other !== document);
  const account = state.account ?? emptyAccount(currency);
  if (dueOn !== null) {
    const known = { invoiceId: documentId, issuedOn, number: assigned.number };
    const invoices = [...state.invoices, { invoiceId: documentId, dueOn, cause: document.eventId }];
    return { ...state, waiting, invoices, account: withInvoice(account, known, total) };
  }
  // A void settles its invoice at once, not with the number of its credit note.
  if (document.purpose === "VOID") return { ...state, waiting };
  const after = withCredit(account, negated(total, currency), document.invoiceId);
  return settled({ ...state, waiting }, after, assigned.eventId, today);
};

/** The state without a void invoice. Its credit note was sealed before. */
export const withVoidInvoice = (
  state: Collection,
  { invoiceId, creditNoteId }: InvoiceVoided["data"],
  eventId: string,
  today: LocalDate,
): Collection => {
  const note = state.waiting.find(({ documentId }) => documentId === creditNoteId);
  if (!note) return state;
  const account = state.account ?? emptyAccount(note.currency);
  return settled(state, withVoid(account, invoiceId, negated(note.total, note.currency)), eventId, today);
};

/**
 * The state with another account, after a credit of whichever kind: a promise ends where it leaves nothing overdue.
 * @param today the customer's day of the credit
 */
export const settled = (
  state: Collection,
  account: ReceivablesAccount,
  eventId: string,
  today: LocalDate,
): Collection => {
  const after = { ...state, account, changedBy: eventId };
  return overdueOn(after, today).length === 0 ? { ...after, promise: null } : after;
};

/** The state with another account, after a reversal: steps about what it reopened may be taken again. */
export const reopened = (state: Collection, account: ReceivablesAccount, eventId: string): Collection => {
  const before = new Map(state.account?.open.map(({ invoiceId, open }) => [invoiceId, open]));
  const again = new Set(
    account.open
      .filter(({ invoiceId, open }) => big(open).gt(big(before.get(invoiceId) ?? "0")))
      .map(({ invoiceId }) => invoiceId),
  );
  return {
    ...{ ...state, account, changedBy: eventId },
    invoices: state.invoices.map((invoice) =>
      again.has(invoice.invoiceId) ? { ...invoice, cause: eventId } : invoice,
    ),
    taken: state.taken.filter(({ invoiceId }) => !again.has(invoiceId)),
    spared: state.spared.filter((invoiceId) => !again.has(invoiceId)),
  };
};

const negated = (total: Amount, currency: Currency): Amount => format(ZERO.minus(big(total)), currency);
