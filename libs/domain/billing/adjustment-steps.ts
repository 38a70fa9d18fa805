import { computed, given, type Step } from "../step.js";
import { big, type Currency, format, sum } from "../money.js";
import { type BilledLine } from "./ledger.js";
import { type DiscountOrigin, type Line } from "./line.js";
import { type Recording, type Working, workingOf } from "./recording.js";

/** What an adjustment is the difference of. */
export interface Adjusted {
  readonly due: readonly Line[];
  readonly billed: readonly BilledLine[];
  /** Whose discount the adjustment is about. */
  readonly origin: DiscountOrigin;
  /** Why just this is due; left out: because of what is known now. */
  readonly because?: readonly Step[] | undefined;
}

/** How an adjustment comes about: what is due less what was billed, line by line. */
export const adjustmentWorking = (
  line: Line,
  { due, billed, origin, because = [] }: Adjusted,
  record: Recording,
): Working => {
  const { currency } = line;
  const counts = (of: "fee" | "discount") => (each: Pick<Line, "discountOrigin">) =>
    of === "fee" || each.discountOrigin === origin;
  const difference = (of: "fee" | "discount"): Step => {
    const now = due.filter(counts(of)).map((each) => lineDue(each, of, record));
    const before = billed.filter(counts(of)).map((each) => lineBilled(each, of));
    const parts = [total("DUE", now, currency, because), total("BILLED", before, currency, [])];
    return computed(of === "fee" ? "FEE" : "DISCOUNT", "DIFFERENCE", line[of], parts);
  };
  // A line of the customer's rate has no fee: that of the row is on the other one.
  const isRate = origin === "CUSTOMER_RATE";
  const fee = isRate ? given("FEE", "MONEY", line.fee) : difference("fee");
  return workingOf(line, fee, difference("discount"));
};

/** How the opposite of a line comes about. */
export const withdrawnWorking = (line: Line, withdrawn: BilledLine): Working => {
  const opposite = (of: "fee" | "discount"): Step =>
    computed(of === "fee" ? "FEE" : "DISCOUNT", "NEGATED", line[of], [lineBilled(withdrawn, of)]);
  return workingOf(line, opposite("fee"), opposite("discount"));
};

const total = (what: "DUE" | "BILLED", parts: readonly Step[], currency: Currency, because: readonly Step[]): Step => {
  const amount = parts.reduce((all, { value }) => all.plus(big(value)), sum([]));
  return computed(what, "SUM", format(amount, currency), parts, { because });
};

const lineDue = (line: Line, of: "fee" | "discount", record: Recording): Step => {
  const { from, until, causes } = line;
  const step = record.workingOf(line)?.[of];
  const details = { days: { from, until }, events: causes };
  return step ? computed("LINE_DUE", "SUM", line[of], [step], details) : given("LINE_DUE", "MONEY", line[of], details);
};

const lineBilled = ({ from, until, invoiceId, position, ...line }: BilledLine, of: "fee" | "discount"): Step =>
  given("LINE_BILLED", "MONEY", line[of], { days: { from, until }, on: { invoiceId, line: position } });
