import { type LocalDate } from "../calendar.js";
import { type ClosedDays } from "../customers/closed-days.js";
import { requireReason } from "../reason.js";
import { reject } from "../rejection.js";
import { type Facts } from "../rejection-facts.js";
import { type Commitment, statusOn } from "./commitment.js";
import { discountEndOn } from "./discount-end.js";
import { type Terms } from "./events.js";
import { existing } from "./guards.js";

/** A discount end date as a command gives it: by hand, or copied from another commitment. */
export type GivenDiscountEnd =
  | { readonly kind: "MANUAL"; readonly date: LocalDate }
  | { readonly kind: "SYNCHRONISED"; readonly commitmentId: string };

interface Choosing {
  readonly given: GivenDiscountEnd;
  readonly terms: Terms;
  readonly accountId: string;
  /** The commitment itself; null: it is being assigned. */
  readonly commitmentId: string | null;
  /** The date must lie after it. */
  readonly start: LocalDate;
  /** The date must not lie before it; null: there was no date before, and any is accepted. */
  readonly least: LocalDate | null;
  readonly today: LocalDate;
  /** The commitment to synchronise with. */
  readonly syncTarget: Commitment | null;
}

/**
 * The date that was given, or that of the other commitment as it is today (docs/rules.md#discount-end-date).
 * @throws Rejection SYNC_TARGET_INVALID, DISCOUNT_END_INVALID
 */
export const chosenDiscountEnd = (choosing: Choosing): LocalDate => {
  const { given, terms, start, least } = choosing;
  const date = given.kind === "MANUAL" ? given.date : copiedDate(choosing);
  const invalid = (message: string, told: Facts) =>
    reject("DISCOUNT_END_INVALID", message, { field: "discountEnd", facts: told });
  if (terms.discountPeriods === null) {
    throw invalid(`${terms.name} has no discount period, so it takes no discount end date.`, {
      case: "NO_DISCOUNT_PERIOD",
      name: terms.name,
    });
  }
  if (date <= start) {
    throw invalid(`The discount end date ${date} must be after ${start}.`, {
      case: "DISCOUNT_END_BY_START",
      end: date,
      start,
    });
  }
  // Discounts given through today stay: no command lowers the date below its own day.
  if (least !== null && date < least) {
    throw invalid(`The discount end date ${date} lies before ${least}.`, {
      case: "DISCOUNT_END_TOO_EARLY",
      end: date,
      least,
    });
  }
  return date;
};

/** An unknown commitment to synchronise with is refused before anything else. @throws Rejection COMMITMENT_NOT_FOUND */
export const requireSyncTarget = (given: { readonly kind: string }, syncTarget: Commitment | null): void => {
  if (given.kind === "SYNCHRONISED") existing(syncTarget, "discountEnd");
};

/** A date by hand needs a reason, one that is copied none. @throws Rejection VALIDATION_FAILED (reason) */
export const requireEndReason = (given: { readonly kind: string }, { reason }: ClosedDays): void => {
  if (given.kind === "MANUAL") requireReason(reason, "A discount end date is set by hand");
};

type SynchronisedWrongly =
  | "SYNCHRONISED_WITH_ITSELF"
  | "SYNCHRONISED_ACROSS_ACCOUNTS"
  | "SYNCHRONISED_WITH_TERMINATED"
  | "SYNCHRONISED_WITHOUT_END";

const copiedDate = ({ accountId, commitmentId, today, syncTarget }: Choosing): LocalDate => {
  const invalid = (message: string, about: SynchronisedWrongly) =>
    reject("SYNC_TARGET_INVALID", message, { field: "discountEnd", facts: { case: about } });
  const target = existing(syncTarget, "discountEnd");
  if (target.commitmentId === commitmentId) {
    throw invalid("A commitment cannot be synchronised with itself.", "SYNCHRONISED_WITH_ITSELF");
  }
  if (target.accountId !== accountId) {
    throw invalid("Only commitments of one account can be synchronised.", "SYNCHRONISED_ACROSS_ACCOUNTS");
  }
  if (statusOn(target, today) === "TERMINATED") {
    throw invalid("The commitment to synchronise with was terminated.", "SYNCHRONISED_WITH_TERMINATED");
  }
  const date = discountEndOn(target, today);
  if (date === null) {
    throw invalid("The commitment to synchronise with has no discount end date.", "SYNCHRONISED_WITHOUT_END");
  }
  return date;
};
