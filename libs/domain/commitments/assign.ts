import { type Account } from "../accounts/account.js";
import { open as openAccount } from "../accounts/decide.js";
import { type Instant, type LocalDate } from "../calendar.js";
import { type Customer, cycleOn, todayOf } from "../customers/customer.js";
import { type ClosedDaysFact, requireChangeableDay } from "../customers/closed-days.js";
import { open as openCustomer } from "../customers/decide.js";
import { reasoned } from "../event.js";
import { reject } from "../rejection.js";
import { endOfDiscountPeriods } from "./discount-end.js";
import { agree, type AgreementFacts, existingOffer } from "./agreement.js";
import {
  chosenDiscountEnd,
  type GivenDiscountEnd,
  requireEndReason,
  requireSyncTarget,
} from "./choose-discount-end.js";
import { type Commitment } from "./commitment.js";
import { type CommitmentAssigned } from "./events.js";

export interface AssignOffer {
  readonly commitmentId: string;
  readonly discountEnd: { readonly kind: "DEFAULT" } | GivenDiscountEnd;
  /** First charged day, which may lie in the future; today unless given. */
  readonly effectiveOn?: LocalDate;
  readonly now: Instant;
}

/** What assigning needs from other streams; null: there is none. */
export interface AssignFacts extends AgreementFacts, ClosedDaysFact {
  readonly account: Account | null;
  readonly customer: Customer | null;
  readonly syncTarget: Commitment | null;
}

/**
 * Assigns an offer to an account (docs/rules.md#assign). Refused in this order: an end date by hand without a reason, unknown names, closed, withdrawn,
 * currency, add-on, the catalog's rules, the discount end date, dates.
 */
export const assignOffer = (command: AssignOffer, facts: AssignFacts): CommitmentAssigned[] => {
  requireEndReason(command.discountEnd, facts.closedDays);
  if (!facts.account) openAccount(null);
  const offer = existingOffer(facts.offer);
  requireSyncTarget(command.discountEnd, facts.syncTarget);
  const customer = openCustomer(facts.customer);
  const account = openAccount(facts.account);
  const today = todayOf(customer, command.now);
  const start = command.effectiveOn ?? today;
  const terms = agree(offer, customer, start, facts, 0);
  const { accountId } = account;
  const given = command.discountEnd;
  const discountEnd =
    given.kind !== "DEFAULT"
      ? chosenDiscountEnd({
          given,
          terms,
          accountId,
          commitmentId: null,
          start,
          least: null,
          today,
          syncTarget: facts.syncTarget,
        })
      : terms.discountPeriods === null
        ? null
        : endOfDiscountPeriods(cycleOn(customer, start).type, start, terms.discountPeriods);
  if (start < account.openedOn) {
    throw reject("INVALID_DATE", `${start} is before the account was opened on ${account.openedOn}.`, {
      field: "effectiveOn",
      facts: { case: "DAY_BEFORE_ACCOUNT", day: start, opened: account.openedOn },
    });
  }
  requireChangeableDay(facts.closedDays, customer, start, today);
  return [
    {
      type: "CommitmentAssigned",
      data: {
        commitmentId: command.commitmentId,
        accountId,
        customerId: customer.customerId,
        terms,
        discountEnd,
        discountEndKind: given.kind,
        ...(given.kind === "SYNCHRONISED" && { synchronisedWith: given.commitmentId }),
        effectiveOn: start,
        ...reasoned(facts.closedDays.reason),
      },
    },
  ];
};
