import { type BillingPeriodType } from "../billing-periods.js";
import { type LocalDate } from "../calendar.js";
import { type Evolver } from "../event.js";
import { type Amount, minorUnits, parseAmount } from "../money.js";
import { checkAll, noSuchItem, reject } from "../rejection.js";
import { type SubscriptionEvent, type SubscriptionTerms } from "./events.js";
import { requireCount, requireName } from "../input.js";

export interface Subscription extends SubscriptionTerms {
  readonly subscriptionId: string;
}

export const subscriptionEvolver: Evolver<Subscription | null, SubscriptionEvent> = {
  initial: null,
  evolve(state, event) {
    switch (event.type) {
      case "SubscriptionDefined": {
        const { effectiveOn: _, ...subscription } = event.data;
        return subscription;
      }
      case "SubscriptionRevised": {
        const { effectiveOn: _, ...terms } = event.data;
        return state && { subscriptionId: state.subscriptionId, ...terms };
      }
      case "CommandAccepted":
        return state;
    }
  },
};

export interface DefineSubscription extends SubscriptionTerms {
  readonly subscriptionId: string;
  readonly on: LocalDate;
}

/** @throws Rejection VALIDATION_FAILED, INVALID_AMOUNT */
export const defineSubscription = (command: DefineSubscription): SubscriptionEvent[] => {
  const { on, subscriptionId, ...terms } = command;
  return [{ type: "SubscriptionDefined", data: { subscriptionId, ...checked(terms), effectiveOn: on } }];
};

export interface ReviseSubscription extends Partial<Omit<SubscriptionTerms, "currency">> {
  readonly on: LocalDate;
}

/** What is left out stays. The currency cannot change: offers refer to it. */
export const reviseSubscription = (command: ReviseSubscription, state: Subscription | null): SubscriptionEvent[] => {
  if (!state) throw noSuchItem("plan", "planId");
  const { on, ...changes } = command;
  const { subscriptionId: _, penaltyAmount, ...before } = state;
  // A fixed amount goes with the strategy that it belongs to.
  const fixed = (changes.penalty ?? before.penalty) === "FIXED" && penaltyAmount !== undefined ? { penaltyAmount } : {};
  return [{ type: "SubscriptionRevised", data: { ...checked({ ...before, ...fixed, ...changes }), effectiveOn: on } }];
};

const checked = (terms: SubscriptionTerms): SubscriptionTerms => {
  minorUnits(terms.currency);
  if (Object.keys(terms.recurringFees).length === 0) {
    throw reject("VALIDATION_FAILED", "A plan needs a fee for at least one billing period type.", {
      field: "recurringFees",
      facts: { case: "PLAN_WITHOUT_FEES" },
    });
  }
  const given = Object.entries(terms.recurringFees);
  checkAll(
    () => {
      if (terms.minimumPeriods !== null) requireCount(terms.minimumPeriods, "minimumPeriods");
    },
    // In the order in which they were given: a client gives a list.
    ...given.map(
      ([, fee], index) =>
        () =>
          parseAmount(fee, terms.currency, ["recurringFees", index, "amount"]),
    ),
    () => fixedPenalty(terms),
    () => requireName(terms.name),
  );
  const fees = given.map(([period, fee]): [BillingPeriodType, Amount] => [
    period as BillingPeriodType,
    parseAmount(fee, terms.currency),
  ]);
  return { ...terms, ...fixedPenalty(terms), name: requireName(terms.name), recurringFees: Object.fromEntries(fees) };
};

/** The strategy FIXED needs an amount, the others take none. */
const fixedPenalty = ({ penalty, penaltyAmount, currency }: SubscriptionTerms): { penaltyAmount?: Amount } => {
  const field = "penaltyAmount";
  if (penalty === "FIXED" && penaltyAmount === undefined) {
    throw reject("VALIDATION_FAILED", "The penalty strategy FIXED needs a penalty amount.", {
      field,
      facts: { case: "PENALTY_AMOUNT_MISSING" },
    });
  }
  if (penalty !== "FIXED" && penaltyAmount !== undefined) {
    throw reject("VALIDATION_FAILED", `The penalty strategy ${penalty} takes no penalty amount.`, {
      field,
      facts: { case: "PENALTY_AMOUNT_UNUSED" },
    });
  }
  return penaltyAmount === undefined ? {} : { penaltyAmount: parseAmount(penaltyAmount, currency, field) };
};
