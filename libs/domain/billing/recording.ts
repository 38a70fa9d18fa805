import { type LocalDate } from "../calendar.js";
import { type Amount } from "../money.js";
import { computed, given, type LinePlace, type Step } from "../step.js";
import { type Line } from "./line.js";

/** A ledger of discounts given (ledger.ts), which is known by its identity here. */
type Ledger = ReadonlyMap<string, ReadonlyMap<string, Amount>>;

/** How a line's amounts were computed. */
export interface Working {
  readonly fee: Step;
  readonly discount: Step;
  readonly net: Step;
}

/** A line whose discount counts in a ledger. */
export interface GivenLine extends Pick<Line, "commitmentId" | "rowId" | "discount" | "discountOrigin"> {
  readonly from?: LocalDate;
  readonly until?: LocalDate;
  readonly description?: string;
  /** The document that it is on; left out: none yet. */
  readonly invoiceId?: string;
  readonly position?: number;
  readonly causes?: readonly string[];
}

/**
 * Takes down how charges are computed, while they are (decision 216): the functions of the billing are given it, or
 * nothing, and compute the same either way.
 */
export class Recording {
  private readonly workings = new Map<GivenLine, Working>();
  private readonly amounts = new Map<ReadonlyMap<string, Amount>, Map<string, Step>>();
  private readonly ledgers = new Map<Ledger, readonly GivenLine[]>();

  line(line: Line, working: Working): void {
    this.workings.set(line, working);
  }

  workingOf(line: Line): Working | undefined {
    return this.workings.get(line);
  }

  /** How one of the amounts by row came about. */
  amount(amounts: ReadonlyMap<string, Amount>, rowId: string, step: Step): void {
    const steps = this.amounts.get(amounts) ?? new Map<string, Step>();
    this.amounts.set(amounts, steps.set(rowId, step));
  }

  amountOf(amounts: ReadonlyMap<string, Amount>, rowId: string): Step | undefined {
    return this.amounts.get(amounts)?.get(rowId);
  }

  /** Why one of the amounts by row is what it is. */
  because(amounts: ReadonlyMap<string, Amount>, rowId: string, reason: Step): void {
    const step = this.amountOf(amounts, rowId);
    if (step) this.amount(amounts, rowId, { ...step, because: [...step.because, reason] });
  }

  /**
   * Lines whose discounts a ledger holds from the outset, as those of sealed invoices.
   * @param lines all of them: discounts by a customer's rate are in no ledger
   */
  holds(ledger: Ledger, lines: readonly GivenLine[]): void {
    this.ledgers.set(
      ledger,
      lines.filter(({ discountOrigin }) => discountOrigin === "COMMITMENT"),
    );
  }

  /** A ledger became another one by lines that were added. */
  added(before: Ledger, lines: readonly GivenLine[], after: Ledger): void {
    this.ledgers.set(after, [...(this.ledgers.get(before) ?? []), ...lines]);
  }

  /** What a ledger holds of one row, line by line: each discount given, with the document that it is on. */
  givenOn(ledger: Ledger, commitmentId: string, rowId: string): Step[] {
    return (this.ledgers.get(ledger) ?? []).flatMap((line) =>
      line.commitmentId === commitmentId && line.rowId === rowId ? [this.discountGiven(line)] : [],
    );
  }

  private discountGiven(line: GivenLine): Step {
    const { discount, from, until = from, description = null, causes = [] } = line;
    // Of a line that is on no document yet it is known how it comes about.
    const working = this.workings.get(line)?.discount;
    return {
      ...given("DISCOUNT_GIVEN", "MONEY", discount, { events: causes, description }),
      ...(from !== undefined && until !== undefined && { days: { from, until } }),
      on: placeOf(line),
      ...(working && { because: [working] }),
    };
  }
}

const placeOf = ({ invoiceId, position }: Pick<GivenLine, "invoiceId" | "position">): LinePlace | null =>
  invoiceId === undefined ? null : { invoiceId, line: position ?? null };

/** How a line comes about whose fee and discount are these. */
export const workingOf = ({ net, description }: Line, fee: Step, discount: Step): Working => ({
  fee,
  discount,
  net: computed("NET", "DIFFERENCE", net, [fee, discount], { description }),
});
