import { Account } from "./account.js";
import { type Day, type Period } from "./calendar.js";
import { type Charge } from "./charges.js";
import { type Due } from "./due.js";
import { type Fact } from "./facts.js";
import { type Minor } from "./money.js";

/** An invoice or a credit note. */
export interface Document {
  kind: "INVOICE" | "CREDIT_NOTE";
  issued: Day;
  /** Of an invoice. */
  due: Day | null;
  charges: Charge[];
  total: Minor;
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
  /** How days are charged since an adjustment before it went with its invoice; null: not charged. */
  restored?: Map<Day, string | null>;
}

export interface ClosedPeriod extends Period {
  isVoid: boolean;
  billed: Billed[];
  /** Fees and penalties that went with a voided invoice of another period: they come back only by its reissue. */
  gone: Map<string, Document>;
}

/** What was billed to one customer, and what was paid. */
export class Receivables {
  readonly documents: Document[] = [];
  readonly periods: ClosedPeriod[] = [];
  readonly facts: Fact[] = [];
  /** By how many accepted commands all closed periods were last computed again. */
  computedAt = -1;
  private readonly played = new Account([]);

  /** @param closedUntil the first day that is not closed yet */
  constructor(public closedUntil: Day) {}

  isVoid({ from, to }: Period): boolean {
    return this.periods.some((period) => period.isVoid && period.from < to && from < period.to);
  }

  /** Whether what the key names of a closed period went with a voided invoice of another one. */
  isGone({ from }: Period, key: string): boolean {
    return this.periods.some((period) => period.from === from && period.gone.has(key));
  }

  /** By all facts. They only become more. */
  get account(): Account {
    this.played.goOn(this.facts);
    return this.played;
  }

  /** Invoices are kept in the order of their numbers. */
  issue(document: Document, corrects: Document | null = null): void {
    this.documents.push(document);
    const { issued: day, total } = document;
    if (document.kind === "INVOICE") this.facts.push({ day, kind: "INVOICE", invoice: document });
    else this.facts.push({ day, kind: "CREDIT_NOTE", amount: -total, corrects });
  }

  void(document: Document, note: Document): void {
    this.documents.push({ ...note, voids: true });
    document.isVoid = true;
    this.facts.push({ day: note.issued, kind: "VOID", invoice: document, amount: -note.total });
  }
}
