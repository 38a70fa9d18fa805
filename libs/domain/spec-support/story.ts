import { type Account } from "../accounts/account.js";
import { type Instant, type LocalDate } from "../calendar.js";
import { type OfferTerms } from "../catalog/events.js";
import { quoteEarlyTermination } from "../billing/early-termination-quote.js";
import { type CustomerBilling, EMPTY_LEDGER, type Ledger, NOTHING_BILLED } from "../billing/ledger.js";
import { type AgreementFacts } from "../commitments/agreement.js";
import { type GivenDiscountEnd } from "../commitments/choose-discount-end.js";
import { annulCommitment, type AnnulFacts } from "../commitments/annul.js";
import { type Commitment, commitmentEvolver } from "../commitments/commitment.js";
import { type CommitmentAssigned, type CommitmentEvent, type Terms } from "../commitments/events.js";
import { cancelPause, changePause, pauseCommitment, resumeCommitment } from "../commitments/pause.js";
import { cancelRenewal, renewFees, type RenewalFacts } from "../commitments/renew-fees.js";
import { approvePause, declinePause, requestPause, withdrawPause } from "../commitments/self-care-pause.js";
import { cancelScheduledUpgrade } from "../commitments/schedule-upgrade.js";
import { setDiscountEnd } from "../commitments/set-discount-end.js";
import { cancelTermination, terminateCommitment, type TerminationFacts } from "../commitments/terminate.js";
import {
  cancelThenUpgrade,
  endTimeLimitedUpgrade,
  extendTimeLimitedUpgrade,
  orderTimeLimitedUpgrade,
  type TimeLimitedUpgradeFacts,
} from "../commitments/time-limited-upgrade.js";
import { transferCommitment, type TransferFacts } from "../commitments/transfer.js";
import { type UpgradeCommitment, upgradeCommitment, type UpgradeFacts } from "../commitments/upgrade.js";
import { type ClosedDaysFact, REFUSE } from "../customers/closed-days.js";
import { type Customer } from "../customers/customer.js";
import {
  account,
  accountOpened,
  at,
  offer,
  offerDefined,
  offerTerms,
  subscription,
  subscriptions,
} from "./examples.js";
import { stateOf } from "./given.js";
import { history, internet, terms } from "./history.js";

/** The main product of account-1. */
export const mainProduct = {
  mainProductId: "main-1",
  name: "Smart call",
  addOnProductIds: ["add-on-1", "add-on-2", "add-on-3"],
};
export const addOn = (addOnProductId: string) => ({
  addOnProductId,
  name: addOnProductId,
  service: "Internet",
  quota: null,
  volumeDiscountPlanId: null,
});

const row = { subscriptionId: "subscription-2", addOnProductId: "add-on-2", discount: "6.00" };
/** An offer to upgrade to: 30.00 a month with 6.00 off, for twelve months. */
export const betterOffer = (changes: Partial<OfferTerms> = {}) =>
  offer(
    offerDefined({
      ...offerTerms,
      offerId: "offer-2",
      name: "Turbo Max",
      discountPeriods: 12,
      recurringFees: [row],
      ...changes,
    }),
  );
/** One without discounts, and so without a discount period. */
export const plainOffer = () =>
  betterOffer({ name: "Plain", discountPeriods: null, recurringFees: [{ ...row, discount: "0.00" }] });

const catalog: AgreementFacts = {
  offer: betterOffer(),
  mainProduct,
  subscriptions: subscriptions(
    subscription(),
    subscription({ subscriptionId: "subscription-2", name: "Turbo 10 GB", recurringFees: { MONTHLY: "30.00" } }),
  ),
};

/** The terms of the better offer as the n-th that a commitment agrees on, from 1. */
export const betterTerms = (agreedBefore = 1, changes: Partial<Terms> = {}): Terms =>
  terms({
    offerId: "offer-2",
    name: "Turbo Max",
    discountPeriods: 12,
    recurring: [betterRow({ rowId: `upgrade-${agreedBefore}-recurring-1` })],
    ...changes,
  });
export const betterRow = (changes: Parameters<typeof internet>[0] = {}) =>
  internet({
    rowId: "upgrade-1-recurring-1",
    subscriptionId: "subscription-2",
    description: "Turbo 10 GB",
    addOnProductId: "add-on-2",
    fees: { MONTHLY: "30.00" },
    discount: "6.00",
    ...changes,
  });

interface Given {
  readonly owner?: Customer;
  readonly accounts?: readonly Account[];
  readonly sealed?: Ledger;
  readonly closedTo?: LocalDate | null;
}
type Facts = UpgradeFacts & TimeLimitedUpgradeFacts & TerminationFacts & RenewalFacts & AnnulFacts;

/** The facts of all commands: an open customer in UTC, nothing sealed, the catalog above, 14 cooling-off days. */
export const factsOf = (
  { sealed = EMPTY_LEDGER, closedTo = null, ...holders }: Given = {},
  changes: Partial<Facts> = {},
): Facts => ({
  ...catalog,
  ...terminationFacts({ ...NOTHING_BILLED, history: history([], holders), sealed, closedTo }),
  syncTarget: null,
  addOnProduct: addOn("add-on-2"),
  offers: new Map([offer(), betterOffer()].map((item) => [item.offerId, item])),
  coolingOffDays: 14,
  ...changes,
});

/** The facts of terminating where closed days are refused; the quote comes from this billing. */
export const terminationFacts = (billing: CustomerBilling): TerminationFacts => ({
  history: billing.history,
  closedDays: REFUSE,
  quote: quoteEarlyTermination(billing),
});

/** Why a discount end date is set by hand in specs. */
export const PROMISED = "Promised on the phone";
/** The facts with a reason, where they have none and the discount end date is set by hand. */
export const reasonedEnd = <F extends ClosedDaysFact>(facts: F, { kind }: { readonly kind: string }): F =>
  kind === "MANUAL"
    ? { ...facts, closedDays: { ...facts.closedDays, reason: facts.closedDays.reason ?? PROMISED } }
    : facts;

/** A command on a commitment; `id` is part of the ids that it makes. */
export type Step = (state: Commitment | null, facts: Facts, now: Instant, id: string) => CommitmentEvent[];

export const pause =
  (days: { from?: LocalDate; until?: LocalDate | null; effectiveOn?: LocalDate } = {}): Step =>
  (state, facts, now, id) =>
    pauseCommitment({ pauseId: `pause-${id}`, until: null, ...days, now }, state, facts);
export const resume =
  (effectiveOn?: LocalDate): Step =>
  (state, facts, now) =>
    resumeCommitment({ ...(effectiveOn === undefined ? {} : { effectiveOn }), now }, state, facts);
export const movePause =
  (from: LocalDate, days: { newFrom?: LocalDate; newUntil?: LocalDate }): Step =>
  (state, facts, now) =>
    changePause({ from, ...days, now }, state, facts);
export const dropPause =
  (from: LocalDate): Step =>
  (state, facts, now) =>
    cancelPause({ from, now }, state, facts);
export const setEnd =
  (discountEnd: LocalDate | GivenDiscountEnd, syncTarget: Commitment | null = null): Step =>
  (state, facts, now) => {
    const given = typeof discountEnd === "string" ? ({ kind: "MANUAL", date: discountEnd } as const) : discountEnd;
    return setDiscountEnd({ discountEnd: given, now }, state, reasonedEnd({ ...facts, syncTarget }, given));
  };
export const upgrade =
  (command: Partial<UpgradeCommitment> = {}, changes: Partial<Facts> = {}): Step =>
  (state, facts, now, id) => {
    const { discountEnd = { kind: "KEEP" } } = command;
    const given = reasonedEnd({ ...facts, ...changes }, discountEnd);
    return upgradeCommitment({ upgradeId: `upgrade-${id}`, ...command, discountEnd, now }, state, given);
  };
export const upgradeUntil =
  (
    until: LocalDate,
    { then = false, replacing, ...changes }: Partial<Facts> & { then?: boolean; replacing?: string } = {},
  ): Step =>
  (state, facts, now, id) => {
    const replaced = replacing === undefined ? {} : { replacingAddOnProductId: replacing };
    const command = { upgradeId: `upgrade-${id}`, until, thenUpgrade: then, ...replaced, now };
    return orderTimeLimitedUpgrade(command, state, {
      ...facts,
      ...changes,
    });
  };
export const extend =
  (until: LocalDate): Step =>
  (state, facts, now) =>
    extendTimeLimitedUpgrade({ until, now }, state, facts);
export const endUpgrade: Step = (state, facts, now) => endTimeLimitedUpgrade({ now }, state, facts);
export const dropPlan: Step = (state, facts, now) => cancelThenUpgrade({ now }, state, facts);
/** To account-2 unless given, of the same customer unless given. */
export const transfer =
  ({ effectiveOn, ...changes }: Partial<TransferFacts> & { effectiveOn?: LocalDate } = {}): Step =>
  (state, facts, now) =>
    transferCommitment({ ...(effectiveOn === undefined ? {} : { effectiveOn }), now }, state, {
      ...facts,
      account: account(accountOpened({ accountId: "account-2" })),
      customer: facts.history.customer,
      ...changes,
    });
export const terminate =
  (effectiveOn?: LocalDate, waivePenalty?: string): Step =>
  (state, facts, now) => {
    const on = effectiveOn === undefined ? {} : { effectiveOn };
    const waived = waivePenalty === undefined ? {} : { waivePenalty };
    return terminateCommitment({ ...on, ...waived, now }, state, facts);
  };
export const keepOn: Step = (state, facts, now) => cancelTermination({ now }, state, facts);

export const renew =
  (changes: Partial<Facts> = {}): Step =>
  (state, facts, now, id) =>
    renewFees({ renewalId: `renewal-${id}`, now }, state, { ...facts, ...changes });
export const dropRenewal =
  (effectiveOn?: LocalDate): Step =>
  (state, facts, now) =>
    cancelRenewal({ ...(effectiveOn === undefined ? {} : { effectiveOn }), now }, state, facts);
export const dropUpgrade =
  (effectiveOn?: LocalDate): Step =>
  (state, facts, now) =>
    cancelScheduledUpgrade({ ...(effectiveOn === undefined ? {} : { effectiveOn }), now }, state, facts);
export const annul =
  (reason = "Withdrawn"): Step =>
  (state, facts, now) =>
    annulCommitment({ reason, now }, state, facts);

export const askPause =
  (from: LocalDate, until: LocalDate, changes: Partial<Facts> = {}): Step =>
  (state, facts, now, id) =>
    requestPause({ pauseId: `pause-${id}`, from, until, now }, state, { ...facts, ...changes });
export const approve =
  (from: LocalDate): Step =>
  (state, facts, now) =>
    approvePause({ from, now }, state, facts);
export const decline =
  (from: LocalDate, reason = "Not in summer"): Step =>
  (state, facts, now) =>
    declinePause({ from, reason, now }, state, facts);
export const withdraw =
  (from: LocalDate): Step =>
  (state, facts, now) =>
    withdrawPause({ from, now }, state, facts);

/** Steps with the days on which they are done. Those of the n-th make "pause-n", "upgrade-n" and "renewal-n". */
export type Told = readonly (readonly [on: LocalDate, step: Step])[];

/** The events of a commitment after these steps: each decided on its day, from the state before it. */
export const told = (start: CommitmentAssigned, steps: Told, facts: Facts = factsOf()): CommitmentEvent[] =>
  steps.reduce<CommitmentEvent[]>(
    (events, [on, step], index) => [
      ...events,
      ...step(stateOf(commitmentEvolver, events), facts, at(on), String(index + 1)),
    ],
    [start],
  );

/** The commitment after it; its events are "event-1" (the assignment), "event-2", … */
export const after = (start: CommitmentAssigned, steps: Told, facts: Facts = factsOf()): Commitment => {
  const state = stateOf(commitmentEvolver, told(start, steps, facts));
  if (!state) throw new Error("an assigned commitment has a state");
  return state;
};
