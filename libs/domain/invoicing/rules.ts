import { type CustomerBilling } from "../billing/ledger.js";
import { RULES } from "./rules-version.js";

/** What is computed, as a version of the rules computes it. */
type Judged = <Billing extends CustomerBilling>(billing: Billing) => Billing;

/**
 * What is issued is computed by the present code, which does otherwise for what an earlier version judges: as of version
 * 1 a commitment whose discount end date was raised (known-before-by-rules-1.ts).
 */
const BY_VERSION: ReadonlyMap<number, Judged> = new Map<number, Judged>([
  [
    1,
    (billing) => {
      const commitments = billing.history.commitments.map((commitment) =>
        commitment.ceilings.length === 0 ? commitment : { ...commitment, rules: 1 },
      );
      return { ...billing, rules: 1, history: { ...billing.history, commitments } };
    },
  ],
  [RULES, (billing) => billing],
]);

/**
 * A customer's billing, so that whatever is computed from it comes to what a version of the rules (rules-version.ts) makes
 * of it, and says so.
 * @returns undefined: this program has none of that version
 */
export const judgedBy = <Billing extends CustomerBilling>(billing: Billing, version: number): Billing | undefined =>
  BY_VERSION.get(version)?.(billing);
