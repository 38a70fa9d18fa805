import { type Commitment } from "./commitment.js";
import { type Terms } from "./events.js";
import { termsOn } from "./terms.js";

/** The terms that a line's row is of, with the row's own description; null: it is the fee of a transfer. */
export interface RowTerms {
  readonly terms: Terms;
  readonly description: string | null;
}

/**
 * The terms that a row belongs to: ids of rows are unique in a commitment, over all terms that were ever agreed, dropped
 * ones included. The fee of a transfer is no row of any: it belongs to the terms held on its day.
 * @param day the line's first
 */
export const termsOfRow = (commitment: Commitment, rowId: string, day: string): RowTerms => {
  const { versions, upgrades, scheduledUpgrades, renewals } = commitment;
  const all = [...versions, ...scheduledUpgrades, ...renewals, ...upgrades.flatMap(({ then }) => then ?? [])];
  for (const { terms } of all) {
    const row = [...terms.recurring, ...terms.oneTime].find((each) => each.rowId === rowId);
    if (row) return { terms, description: row.description };
  }
  return { terms: termsOn(commitment, day), description: null };
};
