import { type Customer, type Offer, type Step, type Story, type Strategy, type Subscription } from "../story.js";
import { type Invoice, type Line, type Outcome } from "../outcome.js";
import { runNaive } from "./run.js";

/** A catalog for the specs of the model: one main product that allows all add-ons. */
const ADD_ONS = ["400 MB", "1 GB", "TV"];

export interface Terms {
  name?: string;
  fee?: string;
  discount?: string;
  periods?: number | null;
  addOn?: string;
  penalty?: Strategy;
  subscription?: Partial<Subscription>;
  oneTime?: { description: string; fee: string; discount?: string }[];
  recurring?: boolean;
  fees?: Subscription["recurringFees"];
  transferFee?: string;
}

/** An offer and its subscription, 20.00 a month with 5.00 off for 24 periods unless said otherwise. */
function offerOf(terms: Terms, currency: string): { offer: Offer; subscription: Subscription } {
  const { name = "Internet", fee = "20.00", discount = "5.00", periods = 24, addOn = null } = terms;
  const penalty = terms.penalty ?? "SUM_OF_DISCOUNTS";
  const row = { subscription: name, addOnProduct: addOn, discount };
  return {
    offer: {
      name,
      currency,
      discountPeriods: periods,
      ...(terms.transferFee !== undefined && { transferFee: terms.transferFee }),
      recurringFees: terms.recurring === false ? [] : [row],
      oneTimeFees: (terms.oneTime ?? []).map((fees) => ({ ...fees, service: "Any" })),
    },
    subscription: {
      name,
      currency,
      recurringFees: terms.fees ?? { MONTHLY: fee },
      minimumPeriods: 24,
      penalty,
      ...terms.subscription,
    },
  };
}

export function storyOf(
  terms: Terms | Terms[],
  steps: Step[],
  until: string,
  { currency = "EUR", ...customer }: Partial<Customer> = {},
  others: Partial<Customer>[] = [],
): Story {
  const offers = [terms].flat().map((each) => offerOf(each, currency));
  return {
    scenario: "spec",
    catalog: {
      subscriptions: offers.map(({ subscription }) => subscription),
      addOnProducts: ADD_ONS.map((name) => ({ name, service: "Internet" })),
      mainProducts: [{ name: "Home", addOnProducts: ADD_ONS }],
      customerClasses: [
        { name: "Even", rounding: "HALF_EVEN" },
        { name: "Up", rounding: "UP", graceDays: 30 },
        { name: "Free", selfPauseDaysPerYear: 20, selfPauseLongestDays: 10, selfPauseNoticeDays: 3 },
      ],
      commitments: offers.map(({ offer }) => offer),
    },
    customers: [
      { name: "Ona", currency, billingPeriod: "MONTHLY", accounts: [{ id: "1", mainProduct: "Home" }], ...customer },
      ...others.map((other): Customer => ({ name: "Jonas", currency, billingPeriod: "MONTHLY", ...other })),
    ],
    steps,
    until,
  };
}

/** Assigns the first offer as "net" and goes on. */
export function outcomeOf(
  terms: Terms | Terms[],
  steps: Step[],
  until: string,
  customer: Partial<Customer> = {},
  others: Partial<Customer>[] = [],
): Outcome {
  return runNaive(storyOf(terms, steps, until, customer, others));
}

export function issued(outcome: Outcome, date: string): Invoice | undefined {
  return outcome.invoices.find((invoice) => invoice.issued === date);
}

export function linesOf(outcome: Outcome, date: string, kind?: Line["kind"]): Line[] {
  return (issued(outcome, date)?.lines ?? []).filter((line) => kind === undefined || line.kind === kind);
}

/** `KIND from..until days/periodDays: fee / discount ORIGIN / net`, all there is to a line but its description. */
export const whole = (line: Line): string => {
  const { kind, from, until, days, periodDays, fee, discount, discountOrigin, net } = line;
  return `${kind} ${from}..${until} ${days}/${periodDays ?? "-"}: ${fee} / ${discount} ${discountOrigin ?? "-"} / ${net}`;
};

/** `from..until fee - discount = net`, as test titles write lines. */
export const brief = ({ from, until, fee, discount, net }: Line): string =>
  `${from}..${until} ${fee} - ${discount} = ${net}`;

export const endOf = (outcome: Outcome, name = "net"): string | null | undefined =>
  outcome.commitments.find(({ commitment }) => commitment === name)?.discountEndDate;
