import { type Day, type Period } from "./calendar.js";
import { type Charge } from "./charges.js";
import { type Days, type Due } from "./due.js";
import { type Minor } from "./money.js";

/** An invoice or a credit note. */
export interface Document {
  kind: "INVOICE" | "CREDIT_NOTE";
  issued: Day;
  /** Of an invoice. */
  due: Day | null;
  charges: Charge[];
  total: Minor;
  /** What is left to pay of an invoice. */
  open: Minor;
  isVoid: boolean;
  /** Of a credit note: it voids an invoice. Left out: it does not. */
  voids?: true;
  /** The period that it closed; null: a credit note at once, or that of a void. */
  closes: ClosedPeriod | null;
  /** Of a void one: the other periods that it billed something of, which a reissue corrects again. */
  touched?: ClosedPeriod[];
}

/** What a document billed of a due. */
export interface Billed {
  document: Document;
  due: Due;
  fee: Minor;
  given: Minor;
  rated: Minor;
  /** Of an adjustment: the days that it names. */
  span?: Pick<Charge, "from" | "until" | "days">;
  /** Days that an adjustment before it had withdrawn or changed and that count again, since its invoice is void. */
  restored?: Days;
}

export interface ClosedPeriod extends Period {
  isVoid: boolean;
  billed: Billed[];
  /** Fees and penalties that went with a voided invoice of another period: they come back only by its reissue. */
  gone: Map<string, Document>;
}

/** What was billed to one customer. */
export class Receivables {
  readonly documents: Document[] = [];
  readonly periods: ClosedPeriod[] = [];
  /** By how many accepted commands all closed periods were last computed again. */
  computedAt = -1;
  /** Unused credit; below zero: debt. */
  balance: Minor = 0n;

  /** @param closedUntil the first day that is not closed yet */
  constructor(public closedUntil: Day) {}

  isVoid({ from, to }: Period): boolean {
    return this.periods.some((period) => period.isVoid && period.from < to && from < period.to);
  }

  /** Whether what the key names of a closed period went with a voided invoice of another one. */
  isGone({ from }: Period, key: string): boolean {
    return this.periods.some((period) => period.from === from && period.gone.has(key));
  }

  get balanceDue(): Minor {
    return this.documents.reduce((due, { open }) => due + open, -this.balance);
  }

  /** Invoices are kept in the order of their numbers. */
  issue(document: Document): void {
    this.documents.push(document);
    if (document.kind === "CREDIT_NOTE") this.credit(-document.total, null);
    else this.useBalance(null);
  }

  /** Used at once: for debt, for the invoice corrected, then for open invoices; what is left over is the balance. */
  credit(amount: Minor, first: Document | null): void {
    this.balance += amount;
    this.useBalance(first);
  }

  /** What was paid returns to the balance; what was credited on later invoices is taken from it. */
  void(document: Document, note: Document): void {
    this.documents.push({ ...note, voids: true });
    this.balance += document.total - document.open - (document.total + note.total);
    Object.assign(document, { open: 0n, isVoid: true });
    this.useBalance(null);
  }

  private useBalance(first: Document | null): void {
    for (const invoice of [...(first === null ? [] : [first]), ...this.byDate()]) {
      if (this.balance <= 0n) return;
      const used = this.balance < invoice.open ? this.balance : invoice.open;
      invoice.open -= used;
      this.balance -= used;
    }
  }

  private byDate(): Document[] {
    return this.documents.filter(({ open }) => open > 0n).sort((a, b) => a.issued - b.issued);
  }
}
