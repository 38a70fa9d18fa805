import { big, ZERO } from "../money.js";
import { type Step } from "../step.js";
import { type CustomerBilling, type Ledger, ledgerOf } from "./ledger.js";
import { type Line } from "./line.js";
import { type GivenLine, Recording } from "./recording.js";

/** A line of a sealed document whose discount is in the customer's ledger. */
export type LedgerLine = GivenLine & Pick<Line, "currency">;

/**
 * What is to take down the calculations with a customer's billing, knowing line by line what its ledger holds.
 * @param given the lines of sealed documents that gave discounts, in order of recording
 * @returns null: they do not come to the billing's ledger, because something was sealed between the two
 */
export const recordingOf = ({ sealed }: Pick<CustomerBilling, "sealed">, given: readonly LedgerLine[]) => {
  if (!isSame(sealed, ledgerOf(given))) return null;
  const record = new Recording();
  record.holds(sealed, given);
  return record;
};

/** How the net of each line comes about. */
export const netSteps = (lines: readonly Line[], record: Recording): Step[] =>
  lines.map((line) => {
    const working = record.workingOf(line);
    if (!working) throw new Error(`Nothing was taken down of the line ${line.kind} ${line.description}`);
    return working.net;
  });

/** Whether two ledgers give the same on every row; a row on which nothing is given may be left out. */
const isSame = (one: Ledger, other: Ledger): boolean => holdsAllOf(one, other) && holdsAllOf(other, one);

const holdsAllOf = (one: Ledger, other: Ledger): boolean =>
  [...other].every(([commitmentId, rows]) =>
    [...rows].every(([rowId, amount]) => {
      const own = one.get(commitmentId)?.get(rowId);
      return (own === undefined ? ZERO : big(own)).eq(big(amount));
    }),
  );
