import { compareText } from "#domain/by-day.js";
import { type Instant } from "#domain/calendar.js";
import { type Amount, big, format } from "#domain/money.js";
import { type Snapshot } from "#read-models/exports/snapshot.js";
import { readPenalties } from "./files.js";

/** What the running commitments of one currency would cost if they ended today. */
export interface PenaltySum {
  readonly currency: string;
  readonly commitments: number;
  /** Of these, those that would end early. */
  readonly early: number;
  readonly penalty: Amount;
}

/** Each takes a moment to compute: a request cannot wait for more. */
export const MOST_COMMITMENTS = 5_000;

/** More commitments run than are added up at once. */
export class TooManyCommitments extends Error {
  override readonly name = "TooManyCommitments";
}

/**
 * By currency, in the order of their codes.
 * @param customerId only that customer's; null: of all
 * @throws TooManyCommitments
 */
export const sumOfPenalties = async (
  snapshot: Snapshot,
  now: Instant,
  customerId: string | null,
  most = MOST_COMMITMENTS,
): Promise<PenaltySum[]> => {
  const sums = new Map<string, PenaltySum>();
  let commitments = 0;
  for await (const part of readPenalties({ snapshot, now }, customerId)) {
    for (const { currency, early, penalty } of part) {
      const known = sums.get(currency) ?? { currency, commitments: 0, early: 0, penalty: "0" };
      sums.set(currency, {
        currency,
        commitments: known.commitments + 1,
        early: known.early + (early ? 1 : 0),
        penalty: format(big(known.penalty).plus(big(penalty)), currency),
      });
    }
    commitments += part.length;
    if (commitments > most) throw new TooManyCommitments(`More than ${most} commitments run.`);
  }
  return [...sums.values()].sort((a, b) => compareText(a.currency, b.currency));
};
