/** The stable codes of refused commands: a public interface (GraphQL `errors[].extensions.code`, scenario files). */
export const rejectionCodes = [
  "CUSTOMER_NOT_FOUND",
  "ACCOUNT_NOT_FOUND",
  "COMMITMENT_NOT_FOUND",
  "ACCOUNT_CLOSED",
  "CUSTOMER_CLOSED",
  "IDENTIFIER_TAKEN",
  "CURRENCY_MISMATCH",
  "ADD_ON_NOT_ALLOWED",
  "MINIMUM_PERIOD_MISSING",
  "FEE_MISSING_FOR_PERIOD",
  "DISCOUNT_EXCEEDS_FEE",
  "DISCOUNT_WITHOUT_PERIOD",
  "PENALTY_STRATEGY_MIXED",
  "INVALID_AMOUNT",
  "INVALID_DATE",
  "DISCOUNT_END_INVALID",
  "SYNC_TARGET_INVALID",
  "PAUSE_OVERLAPS",
  "PAUSE_INVALID",
  "PAUSE_NOT_FOUND",
  "NOT_PAUSED",
  "UPGRADE_INVALID",
  "UPGRADE_NOT_FOUND",
  "ALREADY_TERMINATED",
  "NOT_TERMINATED",
  "TERMINATION_INVALID",
  "SAME_ACCOUNT",
  "COMMITMENT_WITHDRAWN",
  "NOT_SCHEDULED",
  "DATE_ALREADY_INVOICED",
  "IDEMPOTENCY_KEY_REUSED",
  "FORBIDDEN",
  "CONFLICT",
  "VALIDATION_FAILED",
] as const;

export type RejectionCode = (typeof rejectionCodes)[number];

/** A command that was refused before anything was written: a stable code and a sentence for people. */
export class Rejection extends Error {
  constructor(
    readonly code: RejectionCode,
    message: string,
    /** The input field that is to blame, where there is exactly one. */
    readonly field?: string,
  ) {
    super(message);
    this.name = "Rejection";
  }
}

/** Shorthand for deciders: `throw reject("ACCOUNT_CLOSED", "Account … was closed on …", { field: "accountId" })`. */
export const reject = (code: RejectionCode, message: string, options: { field?: string } = {}): Rejection =>
  new Rejection(code, message, options.field);
