import { type Facts } from "./rejection-facts.js";

/**
 * The stable codes of refused commands, each with its meaning: a public interface (GraphQL `errors[].extensions.code`
 * and its enum, scenario files, docs/codes.md). A new code is an entry here.
 */
export const rejectionMeanings = {
  CUSTOMER_NOT_FOUND: "The provider has no customer with this id.",
  ACCOUNT_NOT_FOUND: "The provider has no account with this id.",
  COMMITMENT_NOT_FOUND: "The provider has no commitment with this id.",
  ACCOUNT_CLOSED: "The account was closed: it takes nothing new.",
  CUSTOMER_CLOSED: "The customer was closed: it takes nothing new.",
  IDENTIFIER_TAKEN: "An account of the provider has this account id or alias already.",
  EMAIL_TAKEN: "The customer has a person with this e-mail address already.",
  CURRENCY_MISMATCH: "Two things that go together are in different currencies.",
  ADD_ON_NOT_ALLOWED: "The account's main product does not allow an add-on product.",
  MINIMUM_PERIOD_MISSING: "A row with a discount has a plan without a minimum subscription period.",
  FEE_MISSING_FOR_PERIOD: "A plan has no fee for the customer's billing period type.",
  DISCOUNT_EXCEEDS_FEE: "A discount is larger than the fee that it is taken off.",
  DISCOUNT_WITHOUT_PERIOD: "There are discounts, but no discount period.",
  PENALTY_STRATEGY_MIXED: "The plans of one offer have different penalty strategies.",
  INVALID_AMOUNT: "A well-formed amount cannot be: it is negative, finer than its currency, or more than there is.",
  INVALID_DATE: "A date of the calendar cannot be the day of this: it is too early, or still to come.",
  DISCOUNT_END_INVALID: "The discount end date cannot be set so.",
  SYNC_TARGET_INVALID:
    "The commitment to synchronise with is terminated, of another account, or without a discount end date.",
  PAUSE_OVERLAPS: "There is a pause on some of these days already.",
  PAUSE_INVALID: "The commitment cannot be paused on these days, or its pause not be changed so.",
  PAUSE_NOT_FOUND: "No pause of the commitment, or open request for one, begins on this day.",
  NOT_PAUSED: "The commitment is not paused on this day.",
  UPGRADE_INVALID: "The upgrade is not possible: not to this offer or add-on product, or not on this day.",
  UPGRADE_NOT_FOUND: "There is no such upgrade to change.",
  ALREADY_TERMINATED: "The commitment was terminated.",
  NOT_TERMINATED: "No termination is scheduled.",
  TERMINATION_INVALID: "The commitment cannot be terminated on this day.",
  SAME_ACCOUNT: "The commitment is held by this account already.",
  COMMITMENT_WITHDRAWN: "The offer was withdrawn from sale.",
  NOT_SCHEDULED: "Nothing like this is scheduled, or not for this day.",
  INVOICE_NOT_FOUND: "The provider has no such invoice, or none that is void and waits to be issued again.",
  INVOICE_VOID: "The invoice is void already.",
  PAYMENT_NOT_FOUND: "The provider has no such payment.",
  PAYMENT_REVERSED: "The payment was reversed already.",
  NOTHING_TO_CORRECT: "Nothing that was billed of this billing period differs from what it charges now.",
  DELIVERY_NOT_FOUND: "The provider has no delivery with this id.",
  JOB_NOT_FOUND: "The provider has no job with this id.",
  KEY_NOT_FOUND: "The provider has no API key with this id.",
  PERSON_NOT_FOUND: "No customer of the provider has a person with this id.",
  ORGANIZATION_NOT_FOUND: "Zendesk has no organization with this id.",
  ALREADY_LINKED: "The customer or the organization is linked already, or the organization is another system's.",
  NOT_LINKED: "The customer is linked to no organization of Zendesk.",
  DATE_ALREADY_INVOICED: "The day lies in a closed billing period that can no longer be changed.",
  IDEMPOTENCY_KEY_REUSED: "The idempotency key was used for another request.",
  FORBIDDEN: "Whoever asks may not do this.",
  CONFLICT: "What stands in the way is not in the request; the sentence says what, and whether to try again.",
  VALIDATION_FAILED: "A value is malformed, out of its range, or names nothing that the catalog has.",
} as const;

export type RejectionCode = keyof typeof rejectionMeanings;

export const rejectionCodes = Object.keys(rejectionMeanings) as [RejectionCode, ...RejectionCode[]];

/** A field of an input: its name, or the way to it with places in lists from 0 on: `["oneTimeFees", 1, "fee"]`. */
export type FieldPath = string | readonly (string | number)[];

/** A command that was refused before anything was written: a stable code and a sentence for people. */
export class Rejection extends Error {
  /** The input field that is to blame, where there is exactly one, without places in lists: `oneTimeFees.fee`. */
  readonly field: string | undefined;
  /** The way to it, with places in lists. (GraphQL takes an error with a `path` for one of its own.) */
  readonly fieldPath: readonly (string | number)[] | undefined;

  constructor(
    readonly code: RejectionCode,
    message: string,
    field?: FieldPath,
    /** What the same input is refused for as well. */
    readonly also: readonly Rejection[] = [],
    /** What its sentence says, for who says it in another language. */
    readonly facts?: Facts,
  ) {
    super(message);
    this.name = "Rejection";
    this.fieldPath = typeof field === "string" ? field.split(".") : field;
    this.field = this.fieldPath?.filter((part) => typeof part === "string").join(".");
  }
}

interface Told {
  readonly field?: FieldPath;
  /** Left out: the code says it all, or the sentence cannot be said otherwise. */
  readonly facts?: Facts;
}

/** Shorthand for deciders: `throw reject("ACCOUNT_CLOSED", "Account … was closed on …", { field: "accountId" })`. */
export const reject = (code: RejectionCode, message: string, { field, facts }: Told = {}): Rejection =>
  new Rejection(code, message, field, [], facts);

/**
 * The refusal of an id that nothing of the catalog and the like has.
 * @param item what it should name, as the sentence says it: "service policy"
 * @param field the way from the input to the id
 */
export const noSuchItem = (item: string, field: FieldPath): Rejection =>
  reject("VALIDATION_FAILED", `There is no such ${item}.`, { field, facts: { case: "NO_SUCH_ITEM" } });

/**
 * Makes all checks of an input, so that all its mistakes are told at once.
 * @throws Rejection the first one, with the others in `also`
 */
export const checkAll = (...checks: readonly (() => unknown)[]): void => {
  const rejections = checks.flatMap((check): Rejection[] => {
    try {
      check();
      return [];
    } catch (error) {
      if (error instanceof Rejection) return [error, ...error.also];
      throw error;
    }
  });
  const [first, ...also] = rejections;
  if (first) throw new Rejection(first.code, first.message, first.fieldPath, also, first.facts);
};
