import { type Account } from "../accounts/account.js";
import { open as openAccount } from "../accounts/decide.js";
import { type Instant, later, type LocalDate } from "../calendar.js";
import { type MainProduct } from "../catalog/products.js";
import { requireChangeableDay } from "../customers/closed-days.js";
import { type Customer, cycleOn, todayOf } from "../customers/customer.js";
import { open as openCustomer, requireNotInFuture } from "../customers/decide.js";
import { reasoned } from "../event.js";
import { reject } from "../rejection.js";
import { type Facts } from "../rejection-facts.js";
import { isAllowed, requireCatalogRules } from "./agreement.js";
import { type Commitment } from "./commitment.js";
import { type CommitmentTransferred } from "./events.js";
import { type CommitmentFacts, existing, goingOn, requireChangeable } from "./guards.js";
import { heldTerms, lastUpgradedDay, termsOn } from "./terms.js";

export interface TransferCommitment {
  /** First day charged to the receiver; the giver's today unless given. */
  readonly effectiveOn?: LocalDate;
  readonly now: Instant;
}

/** What transferring needs from other streams: the history is the giver's. Null: there is none. */
export interface TransferFacts extends CommitmentFacts {
  readonly account: Account | null;
  readonly customer: Customer | null;
  /** Of the receiving account. */
  readonly mainProduct: MainProduct | null;
}

/**
 * Another account, of the same or another customer, holds the commitment from a day on; it pays the transfer fee of the
 * terms held on that day (docs/rules.md#transfer).
 * @throws Rejection COMMITMENT_NOT_FOUND, ACCOUNT_NOT_FOUND, SAME_ACCOUNT, ALREADY_TERMINATED, CUSTOMER_CLOSED,
 * ACCOUNT_CLOSED, CURRENCY_MISMATCH, ADD_ON_NOT_ALLOWED, MINIMUM_PERIOD_MISSING, FEE_MISSING_FOR_PERIOD,
 * DISCOUNT_EXCEEDS_FEE, INVALID_DATE, DATE_ALREADY_INVOICED, VALIDATION_FAILED (reason), CONFLICT
 */
export const transferCommitment = (
  command: TransferCommitment,
  state: Commitment | null,
  facts: TransferFacts,
): CommitmentTransferred[] => {
  const held = existing(state);
  if (!facts.account) openAccount(null, FIELD);
  if (facts.account?.accountId === held.accountId) {
    throw reject("SAME_ACCOUNT", "The account holds the commitment already.", { field: FIELD });
  }
  const commanded = goingOn(state, facts, command.now);
  const { commitment, customer: giver, today, closedDays } = commanded;
  const receiver = openCustomer(facts.customer, FIELD);
  const account = openAccount(facts.account, FIELD);
  const on = command.effectiveOn ?? today;
  requireTransferable(commitment, on, receiver, facts.mainProduct);
  requireNotInFuture(on, today);
  const early = (message: string, told: Facts) =>
    reject("INVALID_DATE", message, { field: "effectiveOn", facts: told });
  if (on < account.openedOn) {
    throw early(`${on} is before the account was opened on ${account.openedOn}.`, {
      case: "DAY_BEFORE_ACCOUNT",
      day: on,
      opened: account.openedOn,
    });
  }
  // One that has not started is held by the receiver from its start on.
  if (commitment.start <= today && on < commitment.start) {
    throw early(`${on} is before the commitment started on ${commitment.start}.`, {
      case: "DAY_BEFORE_COMMITMENT",
      day: on,
      start: commitment.start,
    });
  }
  // Where the receiver's zone is ahead, the giver's today may lie in a period that has ended for the receiver: a transfer
  // of today is none that is dated back.
  if (receiver.customerId !== giver.customerId && on < today) {
    requireChangeableDay(closedDays, receiver, on, todayOf(receiver, command.now));
  }
  requireChangeable(commanded, on, "effectiveOn");
  const { name: termsName, transferFee } = termsOn(commitment, on);
  return [
    {
      type: "CommitmentTransferred",
      data: {
        accountId: account.accountId,
        customerId: receiver.customerId,
        fromAccountId: commitment.accountId,
        fromCustomerId: commitment.customerId,
        transferFee,
        termsName,
        effectiveOn: on,
        ...reasoned(closedDays.reason),
      },
    },
  ];
};

const FIELD = "toAccountId";

/**
 * The receiver pays in the currency, its main product allows the add-on products, and the rows have fees for its
 * billing period type: those of the terms held from the day on, of waiting ones too.
 */
const requireTransferable = (
  commitment: Commitment,
  on: LocalDate,
  receiver: Customer,
  mainProduct: MainProduct | null,
): void => {
  const { name, currency } = termsOn(commitment, on);
  // What a scheduled termination drops comes back when that is cancelled.
  const going = { ...commitment, termination: null };
  if (currency !== receiver.currency) {
    const message = `${name} is in ${currency}, the receiving customer pays in ${receiver.currency}.`;
    throw reject("CURRENCY_MISMATCH", message, {
      field: FIELD,
      facts: { case: "OFFER_IN_OTHER_CURRENCY", name, currency, other: receiver.currency },
    });
  }
  const held = heldTerms(going).filter(({ from, to }) => to === null || (to > on && to > from));
  const rows = held.flatMap(({ from, terms }) => {
    // Waiting terms may begin after a change of the billing period type.
    const { type } = cycleOn(receiver, later(from, on));
    return terms.recurring.map((row) => ({ row, type }));
  });
  const upgrades = commitment.upgrades.filter((upgrade) => {
    const until = lastUpgradedDay(going, upgrade);
    return until >= on && until >= upgrade.from;
  });
  for (const { addOnProductId } of [...rows.map(({ row }) => row), ...upgrades]) {
    if (addOnProductId === null || isAllowed(addOnProductId, mainProduct)) continue;
    const message = `The main product ${mainProduct?.name ?? ""} does not allow an add-on of ${name}.`;
    throw reject("ADD_ON_NOT_ALLOWED", message, {
      field: FIELD,
      facts: { case: "ADD_ON_REFUSED", mainProduct: mainProduct?.name ?? "", name },
    });
  }
  for (const type of new Set(rows.map((found) => found.type))) {
    const recurring = rows.filter((found) => found.type === type).map(({ row }) => row);
    requireCatalogRules({ recurring }, type, FIELD);
  }
};
