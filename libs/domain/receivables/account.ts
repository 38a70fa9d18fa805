import { compareText } from "../by-day.js";
import { type LocalDate } from "../calendar.js";
import { type Amount, big, type Currency, format, ZERO } from "../money.js";

/** An issued invoice with what is left to pay of it. */
export interface OpenInvoice {
  readonly invoiceId: string;
  readonly issuedOn: LocalDate;
  /** As printed: invoices of one day are paid in this order. */
  readonly number: string;
  readonly open: Amount;
}

/**
 * What a customer owes and is owed (docs/rules.md#allocation). Never are an unused credit and an open invoice there
 * together.
 */
export interface ReceivablesAccount {
  readonly currency: Currency;
  /** Invoices that are not paid whole, in the order in which credits pay them. */
  readonly open: readonly OpenInvoice[];
  /** Credit that the next invoice uses; below zero: owed beyond all invoices, settled first by the next credit. */
  readonly balance: Amount;
}

export const emptyAccount = (currency: Currency): ReceivablesAccount => ({
  currency,
  open: [],
  balance: format(ZERO, currency),
});

/** The account with one more invoice, which uses the balance. */
export const withInvoice = (account: ReceivablesAccount, invoice: Omit<OpenInvoice, "open">, total: Amount) => {
  const open = [...account.open, { ...invoice, open: total }].sort(
    (a, b) => compareText(a.issuedOn, b.issuedOn) || compareText(a.number, b.number),
  );
  return settled({ ...account, open });
};

/**
 * The account with one more credit: it settles a balance below zero, pays the invoice that it is for, then the oldest
 * open ones; what is left over is balance.
 * @param credit the amount, above zero
 * @param invoiceId the invoice that it is for; null: none
 */
export const withCredit = (
  account: ReceivablesAccount,
  credit: Amount,
  invoiceId: string | null = null,
): ReceivablesAccount => {
  const { currency } = account;
  const target = account.open.find((invoice) => invoice.invoiceId === invoiceId);
  // A correcting credit note pays what it corrects before anything else, also where the balance is below zero.
  const paid = target ? smaller(credit, target.open) : format(ZERO, currency);
  const open = account.open
    .map((invoice) => (invoice === target ? { ...invoice, open: minus(invoice.open, paid, currency) } : invoice))
    .filter(isOpen);
  return settled({ ...account, open, balance: plus(account.balance, minus(credit, paid, currency), currency) });
};

/**
 * The account without a void invoice: the credit note settles it, what was paid of it returns to the balance, and what
 * stays open of it, because it was credited on a later invoice, is owed by the balance.
 * @param credit what the credit note credits, above or equal to zero
 */
export const withVoid = (account: ReceivablesAccount, invoiceId: string, credit: Amount): ReceivablesAccount => {
  const { currency } = account;
  const left = account.open.find((invoice) => invoice.invoiceId === invoiceId)?.open ?? format(ZERO, currency);
  return settled({
    ...account,
    open: account.open.filter((invoice) => invoice.invoiceId !== invoiceId),
    balance: plus(account.balance, minus(credit, left, currency), currency),
  });
};

/** What is owed: below zero it is owed to the customer. */
export const balanceDue = ({ open, balance, currency }: ReceivablesAccount): Amount =>
  format(open.reduce((total, invoice) => total.plus(big(invoice.open)), ZERO).minus(big(balance)), currency);

/** Uses the balance for open invoices, the oldest first. */
const settled = (account: ReceivablesAccount): ReceivablesAccount => {
  const { currency } = account;
  let balance = account.balance;
  const open = account.open.map((invoice) => {
    if (!big(balance).gt(ZERO)) return invoice;
    const paid = smaller(balance, invoice.open);
    balance = minus(balance, paid, currency);
    return { ...invoice, open: minus(invoice.open, paid, currency) };
  });
  return { ...account, open: open.filter(isOpen), balance };
};

const isOpen = ({ open }: OpenInvoice): boolean => big(open).gt(ZERO);
const plus = (a: Amount, b: Amount, currency: Currency): Amount => format(big(a).plus(big(b)), currency);
const minus = (a: Amount, b: Amount, currency: Currency): Amount => format(big(a).minus(big(b)), currency);
const smaller = (a: Amount, b: Amount): Amount => (big(a).lt(big(b)) ? a : b);
