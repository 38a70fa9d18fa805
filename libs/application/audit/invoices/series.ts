import { type NumbersAssigned } from "#domain/invoicing/events.js";
import { type Difference } from "../job.js";

/** What a register holds, with where it is. */
type Assigned = Pick<NumbersAssigned, "data"> & { readonly stream: string; readonly revision: bigint };

/**
 * What is wrong with the numbers of a series: they begin with 1 and follow each other without a gap, each is printed as
 * what it is, and no document has two (docs/rules.md#invoice-numbers).
 * @param events all of the series' register, in order
 */
export const seriesDifferences = (events: readonly Assigned[]): Difference[] => {
  const differences: Difference[] = [];
  const numbered = new Map<string, string>();
  let next = 1;
  for (const { stream, revision, data } of events) {
    const where = `${stream}@${revision}`;
    if (data.first !== next) {
      const says =
        data.first > next
          ? `No document has the numbers ${next} to ${data.first - 1} of the series ${data.series}.`
          : `The numbers from ${data.first} of the series ${data.series} on were given before.`;
      const what = data.first > next ? "NUMBERS_MISSING" : "NUMBERS_REPEATED";
      differences.push({ what, where, says, expected: next, found: data.first });
    }
    for (const [place, { invoiceId, number }] of data.invoices.entries()) {
      const digits = String(data.first + place).padStart(6, "0");
      if (!number.endsWith(digits)) {
        const says = `The number of document ${invoiceId} should end with ${digits}.`;
        differences.push({ what: "NUMBER_DIFFERS", where, says, expected: digits, found: number });
      }
      const before = numbered.get(invoiceId);
      if (before !== undefined) {
        const says = `Document ${invoiceId} has a number already.`;
        differences.push({ what: "NUMBERED_TWICE", where, says, expected: before, found: number });
      }
      numbered.set(invoiceId, number);
    }
    next = data.first + data.invoices.length;
  }
  return differences;
};
