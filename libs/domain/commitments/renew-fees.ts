import { type Instant, later, type LocalDate } from "../calendar.js";
import { type Offer } from "../catalog/offer.js";
import { billingPeriodOf, cycleOn } from "../customers/customer.js";
import { reject } from "../rejection.js";
import {
  type AgreementFacts,
  existingOffer,
  recurringRows,
  requireAddOnsAllowed,
  requireCatalogRules,
} from "./agreement.js";
import { type Commitment } from "./commitment.js";
import { type FeesRenewalCancelled, type FeesRenewalOrdered, type RecurringRow, type Terms } from "./events.js";
import { type CommitmentFacts, goingOn } from "./guards.js";
import { termsOn } from "./terms.js";
import { waitingRenewal } from "./waiting.js";

export interface RenewalFacts extends CommitmentFacts, Pick<AgreementFacts, "mainProduct" | "subscriptions"> {
  /** The offers that the commitment holds or held, as they are now, by id. */
  readonly offers: ReadonlyMap<string, Offer>;
}

/**
 * Recurring fees and discounts become those of the offer's present revision, from the next billing period on or from a
 * later start (docs/rules.md#renewal). A second order replaces the first.
 * @throws Rejection COMMITMENT_NOT_FOUND, ALREADY_TERMINATED, CUSTOMER_CLOSED, ACCOUNT_CLOSED, ADD_ON_NOT_ALLOWED,
 * MINIMUM_PERIOD_MISSING, FEE_MISSING_FOR_PERIOD, DISCOUNT_EXCEEDS_FEE
 */
export const renewFees = (
  { renewalId, now }: { readonly renewalId: string; readonly now: Instant },
  state: Commitment | null,
  facts: RenewalFacts,
): FeesRenewalOrdered[] => {
  const { commitment, customer, today } = goingOn(state, facts, now);
  const from = later(billingPeriodOf(customer, today).to, commitment.start);
  const held = termsOn(commitment, today);
  const offer = existingOffer(facts.offers.get(held.offerId) ?? null, "commitmentId");
  requireAddOnsAllowed(offer, facts.mainProduct, "commitmentId");
  const terms = renewed(held, offer, facts, commitment.termsAgreed);
  requireCatalogRules(terms, cycleOn(customer, from).type, "commitmentId");
  const replacedRenewalId = waitingRenewal(commitment, today)?.renewalId;
  const replaced = replacedRenewalId === undefined ? {} : { replacedRenewalId };
  return [{ type: "FeesRenewalOrdered", data: { renewalId, terms, ...replaced, orderedOn: today, effectiveOn: from } }];
};

/**
 * Cancels a renewal of fees before its day.
 * @throws Rejection COMMITMENT_NOT_FOUND, ALREADY_TERMINATED, CUSTOMER_CLOSED, ACCOUNT_CLOSED, NOT_SCHEDULED
 */
export const cancelRenewal = (
  command: {
    /** The day from which it must be ordered; any unless given. */
    readonly effectiveOn?: LocalDate;
    readonly now: Instant;
  },
  state: Commitment | null,
  facts: CommitmentFacts,
): FeesRenewalCancelled[] => {
  const { commitment, today } = goingOn(state, facts, command.now);
  const renewal = waitingRenewal(commitment, today);
  const { effectiveOn: on = renewal?.from } = command;
  if (renewal && renewal.from === on) {
    return [{ type: "FeesRenewalCancelled", data: { renewalId: renewal.renewalId, effectiveOn: renewal.from } }];
  }
  const message = on === undefined ? "No renewal of fees is waiting." : `No renewal of fees is waiting for ${on}.`;
  throw reject("NOT_SCHEDULED", message, {
    field: on === undefined ? "commitmentId" : "effectiveOn",
    facts: on === undefined ? { case: "NO_RENEWAL" } : { case: "NO_RENEWAL_ON", day: on },
  });
};

/**
 * The rows of the offer's present revision, the n-th following the n-th held. Fees, discounts, add-on products and
 * minimum periods are the present ones; everything else stays as held. A row that follows none is as its subscription
 * says.
 */
const renewed = (
  held: Terms,
  offer: Offer,
  { subscriptions }: Pick<RenewalFacts, "subscriptions">,
  agreedBefore: number,
): Terms => {
  const rowId = (index: number) => `renewal-${agreedBefore}-recurring-${index + 1}`;
  const rows = recurringRows(offer, subscriptions, rowId, "commitmentId");
  const recurring = rows.map(({ row }, index) => following(row, held.recurring[index], held));
  return { ...held, offerRevision: offer.revision, name: offer.name, recurring, oneTime: [] };
};

const following = (
  { penaltyAmount: present, ...row }: RecurringRow,
  before: RecurringRow | undefined,
  { penalty }: Terms,
): RecurringRow => {
  const penaltyAmount = before ? before.penaltyAmount : penalty === "FIXED" ? present : undefined;
  const fixed = penaltyAmount === undefined ? {} : { penaltyAmount };
  if (!before) return { ...row, ...fixed };
  const { rowId: renews, prorateFirst, prorateLast } = before;
  return { ...row, renews, prorateFirst, prorateLast, ...fixed };
};
