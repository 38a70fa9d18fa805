import { type Day } from "./calendar.js";
import { type Fact, type Payment } from "./facts.js";
import { type Minor } from "./money.js";
import { type Document } from "./receivables.js";

/** Money that a customer has with the provider: a payment, a credit note. */
interface Credit {
  payment: Payment | null;
  left: Minor;
  /** What it was used for; null: for a balance below zero, or it was refunded. */
  uses: { invoice: Document | null; amount: Minor }[];
}

export interface OpenInvoice {
  invoice: Document;
  /** What is left to pay. */
  open: Minor;
  writtenOff: Minor;
  /** How many facts there were when a reversal opened it again; 0: none did. */
  reopenedAt: number;
}

interface Movement {
  day: Day;
  kind: string;
  amount: Minor;
}

/** What has come of a customer's money: all facts, one after the other. */
export class Account {
  readonly invoices = new Map<Document, OpenInvoice>();
  readonly payments = new Map<Payment, "RECORDED" | "REVERSED">();
  /** What the facts added to what the customer owes. */
  readonly movements: Movement[] = [];
  private readonly credits: Credit[] = [];
  /** What the balance is below zero. */
  private debt: Minor = 0n;
  private played = 0;
  /** As {@link unpaid} has them; null: something has changed since. */
  private open: OpenInvoice[] | null = null;

  constructor(facts: readonly Fact[]) {
    this.goOn(facts);
  }

  /** Plays the facts that came since. @param facts all of them */
  goOn(facts: readonly Fact[]): void {
    for (const fact of facts.slice(this.played)) {
      this.played += 1;
      const lost = this.writtenOff;
      this.open = null;
      this.play(fact);
      this.move(fact, this.writtenOff - lost);
      this.settle();
    }
  }

  /** Unused credit; below zero: debt. */
  get balance(): Minor {
    return this.credits.reduce((sum, { left }) => sum + left, -this.debt);
  }

  get balanceDue(): Minor {
    return [...this.invoices.values()].reduce((due, { open }) => due + open, -this.balance);
  }

  of(invoice: Document): OpenInvoice {
    return this.invoices.get(invoice) ?? { invoice, open: 0n, writtenOff: 0n, reopenedAt: 0 };
  }

  /** By issue date, then number. */
  get unpaid(): OpenInvoice[] {
    this.open ??= [...this.invoices.values()]
      .filter(({ open }) => open > 0n)
      .sort((a, b) => a.invoice.issued - b.invoice.issued);
    return this.open;
  }

  overdue(today: Day): OpenInvoice[] {
    return this.unpaid.filter(({ invoice: { due } }) => due !== null && today > due);
  }

  private get writtenOff(): Minor {
    return [...this.invoices.values()].reduce((sum, { writtenOff }) => sum + writtenOff, 0n);
  }

  /** @param lost how much more is written off */
  private move(fact: Fact, lost: Minor): void {
    const { day } = fact;
    const add = (kind: string, amount: Minor): void => {
      if (amount !== 0n || kind === "INVOICE") this.movements.push({ day, kind, amount });
    };
    if (fact.kind === "INVOICE") add("INVOICE", fact.invoice.total);
    if (fact.kind === "CREDIT_NOTE" || fact.kind === "VOID") add("CREDIT_NOTE", -fact.amount);
    if (fact.kind === "PAYMENT") add("PAYMENT", -fact.amount);
    if (fact.kind === "REVERSAL") add("REVERSAL", fact.payment.amount);
    if (fact.kind === "REFUND") add("REFUND", fact.amount);
    if (lost > 0n) add("WRITE_OFF", -lost);
    if (lost < 0n) add("WRITE_OFF_UNDONE", -lost);
  }

  private play(fact: Fact): void {
    switch (fact.kind) {
      case "INVOICE": {
        const { invoice } = fact;
        this.invoices.set(invoice, { invoice, open: invoice.total, writtenOff: 0n, reopenedAt: 0 });
        return;
      }
      case "CREDIT_NOTE":
        this.use(this.credit(fact.amount, null), fact.corrects, false);
        return;
      case "PAYMENT":
        this.payments.set(fact, "RECORDED");
        this.use(this.credit(fact.amount, fact), fact.invoice, true);
        return;
      case "REVERSAL":
        this.reverse(fact.payment);
        return;
      case "REFUND":
        this.refund(fact.amount);
        return;
      case "WRITE_OFF": {
        const invoice = this.of(fact.invoice);
        invoice.writtenOff += invoice.open;
        invoice.open = 0n;
        return;
      }
      case "VOID":
        this.void(fact.invoice, fact.amount);
        return;
      default:
    }
  }

  private credit(amount: Minor, payment: Payment | null): Credit {
    const credit: Credit = { payment, left: amount, uses: [] };
    this.credits.push(credit);
    return credit;
  }

  /** A new credit: first for the invoice that it is for. */
  private use(credit: Credit, first: Document | null, isPayment: boolean): void {
    if (first === null) return;
    const invoice = this.of(first);
    this.pay(credit, invoice);
    if (!isPayment || invoice.writtenOff === 0n) return;
    // A payment for what was written off opens it again, by the amount paid.
    const again = credit.left < invoice.writtenOff ? credit.left : invoice.writtenOff;
    invoice.writtenOff -= again;
    invoice.open += again;
    this.pay(credit, invoice);
  }

  private settleDebt(credit: Credit): void {
    const used = credit.left < this.debt ? credit.left : this.debt;
    this.debt -= used;
    take(credit, null, used);
  }

  private pay(credit: Credit, invoice: OpenInvoice): void {
    const used = credit.left < invoice.open ? credit.left : invoice.open;
    invoice.open -= used;
    take(credit, invoice.invoice, used);
  }

  /** Never are unused credit and an open invoice there together. Credits are used oldest first. */
  private settle(): void {
    for (const credit of this.credits) {
      if (credit.left > 0n) this.settleDebt(credit);
      for (const invoice of credit.left > 0n ? this.unpaid : []) this.pay(credit, invoice);
      this.open = null;
    }
  }

  /** What it paid is open again; what was refunded of it, or settled a debt, is debt. */
  private reverse(payment: Payment): void {
    this.payments.set(payment, "REVERSED");
    const credit = this.credits.find((each) => each.payment === payment);
    if (credit === undefined) return;
    for (const { invoice, amount } of credit.uses) {
      if (invoice === null) this.debt += amount;
      else {
        const opened = this.of(invoice);
        opened.open += amount;
        opened.reopenedAt = this.played;
      }
    }
    Object.assign(credit, { left: 0n, uses: [] });
  }

  private refund(amount: Minor): void {
    let due = amount;
    for (const credit of this.credits) {
      const used = credit.left < due ? credit.left : due;
      take(credit, null, used);
      due -= used;
    }
  }

  /**
   * What was paid is free again. The credit note settles the invoice; what then stays open of it, because it was credited
   * on a later invoice, goes to the balance. What was written off is not any more.
   */
  private void(document: Document, amount: Minor): void {
    const invoice = this.of(document);
    Object.assign(invoice, { open: 0n, writtenOff: 0n });
    for (const credit of this.credits) {
      for (const use of credit.uses) if (use.invoice === document) credit.left += use.amount;
      credit.uses = credit.uses.filter((use) => use.invoice !== document);
    }
    const stays = document.total - amount;
    if (stays > 0n) this.debt += stays;
    else this.credit(-stays, null);
  }
}

function take(credit: Credit, invoice: Document | null, amount: Minor): void {
  if (amount === 0n) return;
  credit.left -= amount;
  credit.uses.push({ invoice, amount });
}
