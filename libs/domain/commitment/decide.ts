import { type Account } from "../account/account.js";
import { open as openAccount } from "../account/decide.js";
import { type Instant, later, type LocalDate, periodContaining, periodsAfter } from "../calendar.js";
import { type Offer } from "../catalog/offer.js";
import { type MainProduct } from "../catalog/products.js";
import { type Subscription } from "../catalog/subscription.js";
import { type BillingHistory, endOf } from "../charges/history.js";
import { type Ledger } from "../charges/ledger.js";
import { type Line } from "../charges/line.js";
import { periodLines, totalOf } from "../charges/period.js";
import { type Customer, todayOf } from "../customer/customer.js";
import { open as openCustomer, requireNotInFuture, requireNotInvoiced } from "../customer/decide.js";
import { big, ZERO } from "../money.js";
import { reject } from "../rejection.js";
import { type Commitment, isEarly } from "./commitment.js";
import { type CommitmentEvent, type CommitmentTerminated, type RecurringRow, type Terms } from "./events.js";

export type DiscountEnd = { readonly kind: "DEFAULT" } | { readonly kind: "MANUAL"; readonly date: LocalDate };

export interface AssignOffer {
  readonly commitmentId: string;
  readonly discountEnd: DiscountEnd;
  /** First charged day; today unless given. */
  readonly effectiveOn?: LocalDate;
  readonly now: Instant;
}

/** What assigning looks at beyond its own stream; null: there is none. */
export interface AssignFacts {
  readonly account: Account | null;
  readonly customer: Customer | null;
  readonly offer: Offer | null;
  readonly mainProduct: MainProduct | null;
  readonly subscriptions: ReadonlyMap<string, Subscription>;
}

/**
 * Assigns an offer to an account (domain.md 5.1). Refused in this order: unknown names, closed, withdrawn, currency,
 * add-on, the catalog's rules, the discount end date, dates.
 */
export const assignOffer = (command: AssignOffer, facts: AssignFacts): CommitmentEvent[] => {
  if (!facts.account) openAccount(null);
  const offer = existingOffer(facts.offer);
  const customer = openCustomer(facts.customer);
  const account = openAccount(facts.account);
  if (offer.status === "WITHDRAWN") {
    throw reject("COMMITMENT_WITHDRAWN", `${offer.name} was withdrawn from sale.`, { field: "offerId" });
  }
  if (offer.currency !== customer.currency) {
    throw reject(
      "CURRENCY_MISMATCH",
      `${offer.name} is in ${offer.currency}, the customer pays in ${customer.currency}.`,
      {
        field: "offerId",
      },
    );
  }
  requireAddOnsAllowed(offer, facts.mainProduct);
  const terms = termsOf(offer, facts.subscriptions);
  requireCatalogRules(terms, customer);
  const today = todayOf(customer, command.now);
  const start = command.effectiveOn ?? today;
  const discountEnd = decideDiscountEnd(command.discountEnd, terms, customer, start);
  requireNotInFuture(start, today);
  if (start < account.openedOn) {
    throw reject("INVALID_DATE", `${start} is before the account was opened on ${account.openedOn}.`, {
      field: "effectiveOn",
    });
  }
  requireNotInvoiced(customer, start, today);
  return [
    {
      type: "CommitmentAssigned",
      data: {
        commitmentId: command.commitmentId,
        accountId: account.accountId,
        customerId: customer.customerId,
        terms,
        discountEnd,
        discountEndKind: command.discountEnd.kind,
        effectiveOn: start,
      },
    },
  ];
};

const existingOffer = (offer: Offer | null): Offer => {
  if (offer && offer.status !== "DELETED") return offer;
  throw reject("VALIDATION_FAILED", "There is no such offer.", { field: "offerId" });
};

const requireAddOnsAllowed = (offer: Offer, mainProduct: MainProduct | null): void => {
  const allowed = new Set(mainProduct?.addOnProductIds);
  for (const { addOnProductId } of offer.recurringFees) {
    if (addOnProductId === null || allowed.has(addOnProductId)) continue;
    throw reject(
      "ADD_ON_NOT_ALLOWED",
      `The main product ${mainProduct?.name ?? ""} does not allow an add-on of ${offer.name}.`,
      {
        field: "offerId",
      },
    );
  }
};

const termsOf = (offer: Offer, subscriptions: ReadonlyMap<string, Subscription>): Terms => {
  const recurring = offer.recurringFees.map(({ subscriptionId, addOnProductId, discount }, index) => {
    const found = subscriptions.get(subscriptionId);
    if (!found)
      throw reject("VALIDATION_FAILED", `The subscription ${subscriptionId} is not in the catalog.`, {
        field: "offerId",
      });
    const { name, recurringFees, minimumPeriods, prorateFirst, prorateLast, penalty, penaltyAmount } = found;
    const row: RecurringRow = {
      rowId: `recurring-${index + 1}`,
      subscriptionId,
      description: name,
      addOnProductId,
      fees: recurringFees,
      discount,
      minimumPeriods,
      prorateFirst,
      prorateLast,
      ...(penaltyAmount !== undefined && { penaltyAmount }),
    };
    return { row, penalty };
  });
  // Checked when the offer was defined; a subscription revised since may have another strategy.
  if (new Set(recurring.map(({ penalty }) => penalty)).size > 1) {
    throw reject("PENALTY_STRATEGY_MIXED", `The subscriptions of ${offer.name} have different penalty strategies.`, {
      field: "offerId",
    });
  }
  return {
    offerId: offer.offerId,
    offerRevision: offer.revision,
    name: offer.name,
    currency: offer.currency,
    discountPeriods: offer.discountPeriods,
    penalty: recurring[0]?.penalty ?? "SUM_OF_DISCOUNTS",
    transferFee: offer.transferFee,
    recurring: recurring.map(({ row }) => row),
    oneTime: offer.oneTimeFees.map((fee, index) => ({ rowId: `one-time-${index + 1}`, ...fee })),
  };
};

/** MINIMUM_PERIOD_MISSING, FEE_MISSING_FOR_PERIOD, DISCOUNT_EXCEEDS_FEE, each over all rows, in this order (domain.md 3). */
const requireCatalogRules = ({ recurring }: Terms, { billingPeriod }: Customer): void => {
  const field = { field: "offerId" };
  for (const { description, discount, minimumPeriods } of recurring) {
    if (minimumPeriods !== null || big(discount).eq(ZERO)) continue;
    throw reject("MINIMUM_PERIOD_MISSING", `${description} has a discount but no minimum subscription period.`, field);
  }
  for (const { description, fees } of recurring) {
    if (fees[billingPeriod] !== undefined) continue;
    throw reject("FEE_MISSING_FOR_PERIOD", `${description} has no fee for the billing period ${billingPeriod}.`, field);
  }
  for (const { description, discount, fees } of recurring) {
    if (big(discount).lte(big(fees[billingPeriod] ?? "0"))) continue;
    throw reject(
      "DISCOUNT_EXCEEDS_FEE",
      `The discount of ${description} is larger than its ${billingPeriod} fee.`,
      field,
    );
  }
};

const decideDiscountEnd = (
  wanted: DiscountEnd,
  { discountPeriods, name }: Terms,
  { billingPeriod }: Customer,
  start: LocalDate,
): LocalDate | null => {
  if (wanted.kind === "DEFAULT")
    return discountPeriods === null ? null : periodsAfter(billingPeriod, start, discountPeriods);
  if (discountPeriods === null) {
    throw reject("DISCOUNT_END_INVALID", `${name} has no discount period, so it takes no discount end date.`, {
      field: "discountEnd",
    });
  }
  if (wanted.date > start) return wanted.date;
  throw reject("DISCOUNT_END_INVALID", `The discount end date ${wanted.date} must be after the start ${start}.`, {
    field: "discountEnd",
  });
};

export interface TerminateCommitment {
  /** Last charged day; today unless given. */
  readonly effectiveOn?: LocalDate;
  readonly now: Instant;
}

/** What a penalty preview is computed from: the customer's history with its ledger. */
export interface PenaltyFacts {
  readonly history: BillingHistory;
  readonly sealed: Ledger;
  readonly closedTo: LocalDate | null;
}

/**
 * Terminates a commitment, today or back to the last close (domain.md 5.9). Through its last day D it can be ordered
 * anew with another date; from D + 1 on it is ALREADY_TERMINATED.
 * @throws Rejection COMMITMENT_NOT_FOUND, ALREADY_TERMINATED, TERMINATION_INVALID, INVALID_DATE, DATE_ALREADY_INVOICED
 */
export const terminateCommitment = (
  command: TerminateCommitment,
  state: Commitment | null,
  facts: PenaltyFacts,
): CommitmentTerminated[] => {
  const commitment = existing(state);
  const { customer } = facts.history;
  const today = todayOf(customer, command.now);
  requireNotTerminated(commitment, facts.history, today);
  const on = command.effectiveOn ?? today;
  if (on < commitment.start) {
    throw reject("TERMINATION_INVALID", `${on} is before the commitment started on ${commitment.start}.`, {
      field: "effectiveOn",
    });
  }
  requireNotInFuture(on, today);
  requireNotInvoiced(customer, on, today);
  return [terminated(commitment, on, "ORDERED", facts)];
};

/**
 * What the processor records when the account or customer of a commitment was closed. Charges settle by the closing
 * date whether or not this event is there; a date in a period closed meanwhile is recorded all the same.
 */
export const terminateWithClosing = (
  command: { readonly closedOn: LocalDate; readonly reason: "ACCOUNT_CLOSED" | "CUSTOMER_CLOSED" },
  state: Commitment | null,
  facts: PenaltyFacts,
): CommitmentTerminated[] => {
  const commitment = existing(state);
  const on = later(command.closedOn, commitment.start);
  if (commitment.termination && commitment.termination.on <= on) return [];
  return [terminated(commitment, on, command.reason, facts)];
};

const terminated = (
  commitment: Commitment,
  on: LocalDate,
  reason: CommitmentTerminated["data"]["reason"],
  facts: PenaltyFacts,
): CommitmentTerminated => {
  const { discountEnd, terms } = commitment;
  const penaltyPreview = totalOf(penaltyIfTerminated(commitment, on, facts), terms.currency);
  const data = { effectiveOn: on, discountEnd, early: isEarly(on, discountEnd), penaltyPreview, reason };
  return { type: "CommitmentTerminated", data };
};

/** Stands for the event of a termination that is only asked about. */
const NOT_RECORDED = "";

/** The penalty lines if the commitment ended on a day: by the code of the close, with this end put into the history. */
export const penaltyIfTerminated = (commitment: Commitment, on: LocalDate, facts: PenaltyFacts): Line[] => {
  const { history, sealed, closedTo } = facts;
  const ended: Commitment = {
    ...commitment,
    termination: { on, early: isEarly(on, commitment.discountEnd), eventId: NOT_RECORDED },
  };
  const period = periodContaining(history.customer.billingPeriod, on);
  const lines = periodLines({ ...history, commitments: [ended] }, period, sealed, closedTo);
  return lines
    .filter(({ kind }) => kind === "PENALTY")
    .map((line) => ({ ...line, causes: line.causes.filter((cause) => cause !== NOT_RECORDED) }));
};

const existing = (state: Commitment | null): Commitment => {
  if (state) return state;
  throw reject("COMMITMENT_NOT_FOUND", "There is no such commitment.", { field: "commitmentId" });
};

const requireNotTerminated = (commitment: Commitment, history: BillingHistory, today: LocalDate): void => {
  const end = endOf(commitment, history);
  if (!end || today <= end.on) return;
  throw reject("ALREADY_TERMINATED", `The commitment was terminated on ${end.on}.`, { field: "commitmentId" });
};
