import { type Amount, big, type Currency, format, ZERO } from "../money.js";
import { byAge, type OpenInvoice, type ReceivablesAccount } from "./account.js";

/** An issued invoice that is not void. */
export interface BookedInvoice extends OpenInvoice {
  /** What was written off of it: nobody waits for it any more, and only a payment for this invoice reopens it. */
  readonly writtenOff: Amount;
}

/** A payment or a credit note. */
export interface Credit {
  /** The payment or credit note. */
  readonly creditId: string;
  /** When it came: credits with a lower place are used first. */
  readonly place: number;
  /** What nothing has used of it yet. */
  readonly unused: Amount;
}

/** What uses a credit: an invoice, a refund, or what is owed beyond all invoices (then without an id). */
export type CreditUser = "INVOICE" | "REFUND" | "OWED";

/** What was used of one credit for one thing, in sum. */
export interface CreditUse {
  readonly creditId: string;
  readonly by: CreditUser;
  readonly userId: string | null;
  readonly amount: Amount;
}

/**
 * A customer's receivables with the identity of each credit (docs/rules.md#allocation): which credit was used for what,
 * so that a reversal reopens exactly what the payment had paid. All steps conserve: invoiced net of credit notes +
 * refunded = paid net of reversals + written off + open - balance.
 */
export interface Books {
  readonly currency: Currency;
  readonly invoices: readonly BookedInvoice[];
  readonly credits: readonly Credit[];
  readonly uses: readonly CreditUse[];
  /** Owed beyond all invoices: settled by the next credit, before invoices. Not below zero. */
  readonly owed: Amount;
}

export const emptyBooks = (currency: Currency): Books => ({
  currency,
  invoices: [],
  credits: [],
  uses: [],
  owed: format(ZERO, currency),
});

/** What books come to: one state is asked about by collection several times. */
const accounts = new WeakMap<Books, ReceivablesAccount>();

/** What commands, queries and collection look at. */
export const accountOf = (books: Books): ReceivablesAccount => {
  const known = accounts.get(books);
  if (known) return known;
  const account = accountIn(books);
  accounts.set(books, account);
  return account;
};

const accountIn = ({ currency, invoices, credits, owed }: Books): ReceivablesAccount => ({
  currency,
  open: invoices
    .filter(({ open }) => isAboveZero(open))
    .map(({ writtenOff: _, ...invoice }) => invoice)
    .sort(byAge),
  balance: format(
    credits
      .filter(({ unused }) => isAboveZero(unused))
      .reduce((total, { unused }) => total.plus(big(unused)), ZERO)
      .minus(big(owed)),
    currency,
  ),
});

/** One more invoice, which uses the balance. */
export const withInvoice = (books: Books, invoice: Omit<OpenInvoice, "open">, total: Amount): Books => {
  const writtenOff = format(ZERO, books.currency);
  return settled({ ...books, invoices: [...books.invoices, { ...invoice, open: total, writtenOff }] });
};

/**
 * One more credit: it pays the invoice that it is for, settles what is owed beyond invoices, then pays the oldest open
 * ones; what is left over stays unused.
 * @param credit.amount 0 or more
 * @param credit.invoiceId the invoice that it is for; null: none
 * @param credit.reopens whether it reopens what was written off of that invoice: only payments do
 */
export const withCredit = (
  books: Books,
  credit: Omit<Credit, "unused"> & {
    readonly amount: Amount;
    readonly invoiceId: string | null;
    readonly reopens: boolean;
  },
): Books => {
  const { creditId, place, amount, invoiceId, reopens } = credit;
  const added = { ...books, credits: [...books.credits, { creditId, place, unused: amount }] };
  const target = invoiceId === null ? undefined : books.invoices.find((each) => each.invoiceId === invoiceId);
  if (!target) return settled(added);
  const { currency } = books;
  const paid = smaller(amount, target.open);
  const reopened = reopens ? smaller(minus(amount, paid, currency), target.writtenOff) : format(ZERO, currency);
  const named: BookedInvoice = {
    ...target,
    open: minus(target.open, paid, currency),
    writtenOff: minus(target.writtenOff, reopened, currency),
  };
  const invoices = books.invoices.map((each) => (each === target ? named : each));
  return settled(used({ ...added, invoices }, creditId, "INVOICE", target.invoiceId, plus(paid, reopened, currency)));
};

/**
 * Without a payment that was reversed: what it paid is open again; what was refunded of it, or settled by it beyond
 * invoices, is owed. Uses of other credits stay, and their unused rest is used at once.
 */
export const withReversal = (books: Books, creditId: string): Books => {
  const { currency } = books;
  const freed = books.uses.filter((use) => use.creditId === creditId);
  const owed = freed.filter(({ by }) => by !== "INVOICE");
  return settled({
    ...books,
    invoices: books.invoices.map((invoice) => {
      const paid = freed.find(({ by, userId }) => by === "INVOICE" && userId === invoice.invoiceId);
      return paid ? { ...invoice, open: plus(invoice.open, paid.amount, currency) } : invoice;
    }),
    credits: books.credits.filter((credit) => credit.creditId !== creditId),
    uses: books.uses.filter((use) => use.creditId !== creditId),
    owed: owed.reduce((total, { amount }) => plus(total, amount, currency), books.owed),
  });
};

/** Money paid back, out of unused credits, the oldest first. What they do not cover is owed. */
export const withRefund = (books: Books, refundId: string, amount: Amount): Books => {
  const { books: after, left } = spent(books, amount, "REFUND", refundId);
  return settled({ ...after, owed: plus(after.owed, left, books.currency) });
};

/** Without what is open of an invoice, up to an amount: it is written off. */
export const withWriteOff = (books: Books, invoiceId: string, amount: Amount): Books => ({
  ...books,
  invoices: books.invoices.map((invoice) => {
    if (invoice.invoiceId !== invoiceId) return invoice;
    const lost = smaller(amount, invoice.open);
    const { currency } = books;
    return {
      ...invoice,
      open: minus(invoice.open, lost, currency),
      writtenOff: plus(invoice.writtenOff, lost, currency),
    };
  }),
});

/**
 * Without a void invoice: its credit note settles it, what was paid of it is unused again, a write-off is undone. What
 * stays open of it, because it was credited on a later invoice, is owed beyond invoices.
 * @param note.amount what the credit note credits; below zero where it charges
 */
export const withVoid = (
  books: Books,
  invoiceId: string,
  note: Omit<Credit, "unused"> & { readonly amount: Amount },
): Books => {
  const { currency } = books;
  const { creditId, place, amount } = note;
  const invoice = books.invoices.find((each) => each.invoiceId === invoiceId);
  const isOfInvoice = ({ by, userId }: CreditUse): boolean => by === "INVOICE" && userId === invoiceId;
  const freed = books.uses.filter(isOfInvoice);
  const total = [invoice?.open, invoice?.writtenOff, ...freed.map((use) => use.amount)].reduce<Amount>(
    (sum, part) => (part === undefined ? sum : plus(sum, part, currency)),
    format(ZERO, currency),
  );
  const zero = format(ZERO, currency);
  const credited = larger(amount, zero);
  const credits = books.credits.map((credit) => {
    const back = freed.find((use) => use.creditId === credit.creditId);
    return back ? { ...credit, unused: plus(credit.unused, back.amount, currency) } : credit;
  });
  const without: Books = {
    ...books,
    invoices: books.invoices.filter((each) => each !== invoice),
    credits: [...credits, { creditId, place, unused: credited }],
    uses: books.uses.filter((use) => !isOfInvoice(use)),
    owed: plus(books.owed, larger(minus(total, amount, currency), zero), currency),
  };
  return settled(used(without, creditId, "INVOICE", invoiceId, smaller(credited, total)));
};

/** Uses unused credits for what is owed, then for open invoices, the oldest first. */
const settled = (books: Books): Books => {
  const { books: paidOwed, left } = spent(books, books.owed, "OWED", null);
  let now: Books = { ...paidOwed, owed: left };
  for (const { invoiceId, open } of now.invoices.filter(({ open }) => isAboveZero(open)).sort(byAge)) {
    if (!now.credits.some(({ unused }) => isAboveZero(unused))) break;
    const paid = spent(now, open, "INVOICE", invoiceId);
    now = {
      ...paid.books,
      invoices: now.invoices.map((each) => (each.invoiceId === invoiceId ? { ...each, open: paid.left } : each)),
    };
  }
  return now;
};

/** Uses unused credits, the oldest first, for up to an amount. @returns what they do not cover too */
const spent = (
  books: Books,
  amount: Amount,
  by: CreditUser,
  userId: string | null,
): { readonly books: Books; readonly left: Amount } => {
  let now = books;
  let left = amount;
  for (const { creditId, unused } of books.credits
    .filter(({ unused }) => isAboveZero(unused))
    .sort((a, b) => a.place - b.place)) {
    if (!isAboveZero(left)) break;
    const part = smaller(left, unused);
    now = used(now, creditId, by, userId, part);
    left = minus(left, part, books.currency);
  }
  return { books: now, left };
};

/** Takes a part of a credit for something. */
const used = (books: Books, creditId: string, by: CreditUser, userId: string | null, amount: Amount): Books => {
  if (!isAboveZero(amount)) return books;
  const { currency } = books;
  const before = books.uses.find((use) => use.creditId === creditId && use.by === by && use.userId === userId);
  const use = { creditId, by, userId, amount: before ? plus(before.amount, amount, currency) : amount };
  return {
    ...books,
    credits: books.credits.map((credit) =>
      credit.creditId === creditId ? { ...credit, unused: minus(credit.unused, amount, currency) } : credit,
    ),
    uses: [...books.uses.filter((each) => each !== before), use],
  };
};

/** Of an amount that is not below zero. Most of a long history is settled: its zeros are seen without arithmetic. */
const isAboveZero = (amount: Amount): boolean => /[1-9]/.test(amount) && big(amount).gt(ZERO);
const plus = (a: Amount, b: Amount, currency: Currency): Amount => format(big(a).plus(big(b)), currency);
const minus = (a: Amount, b: Amount, currency: Currency): Amount => format(big(a).minus(big(b)), currency);
const smaller = (a: Amount, b: Amount): Amount => (big(a).lt(big(b)) ? a : b);
const larger = (a: Amount, b: Amount): Amount => (big(a).gt(big(b)) ? a : b);
