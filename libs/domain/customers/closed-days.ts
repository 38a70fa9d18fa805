import { earlier, type LocalDate } from "../calendar.js";
import { reject } from "../rejection.js";
import { billingPeriodOf, type Customer } from "./customer.js";

/**
 * What happens to a command that would change a day of a closed billing period (docs/rules.md#closed-periods). A period
 * counts as closed when it has ended, whether or not there was something to invoice.
 */
export type ClosedDays =
  | {
      /** The command is refused. */
      readonly kind: "REFUSE";
    }
  | {
      /** The first day that commands may change: what was billed for days from it on is adjusted. */
      readonly kind: "ADJUST";
      readonly notBefore: LocalDate;
    };

/** The policy of a provider that adjusts nothing. */
export const REFUSE: ClosedDays = { kind: "REFUSE" };

/** What every decider is given whose command changes charged days. */
export interface ClosedDaysFact {
  readonly closedDays: ClosedDays;
}

/**
 * The first day that commands may change: that of the running billing period, or an earlier one where closed days are
 * adjusted.
 * @param today the customer's
 */
export const firstChangeableDay = (closedDays: ClosedDays, customer: Customer, today: LocalDate): LocalDate => {
  const { from } = billingPeriodOf(customer, today);
  return closedDays.kind === "REFUSE" ? from : earlier(closedDays.notBefore, from);
};

/**
 * Refuses a date that commands may not change.
 * @param today the customer's
 * @param field the input field that gave the date
 * @throws Rejection DATE_ALREADY_INVOICED when the date lies before the first day that commands may change
 */
export const requireChangeableDay = (
  closedDays: ClosedDays,
  customer: Customer,
  date: LocalDate,
  today: LocalDate,
  field = "effectiveOn",
): void => {
  const first = firstChangeableDay(closedDays, customer, today);
  if (date >= first) return;
  const message =
    closedDays.kind === "REFUSE"
      ? `${date} lies in a closed billing period; the running one began on ${first}.`
      : `${date} lies before ${first}, the first day that can still be adjusted.`;
  throw reject("DATE_ALREADY_INVOICED", message, { field });
};
