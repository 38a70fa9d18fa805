import { addDays, earlier, type LocalDate } from "../calendar.js";
import { reject } from "../rejection.js";
import { billingPeriodOf, type Customer } from "./customer.js";

/**
 * How far back a command may change days of closed billing periods, whose lines are then corrected
 * (docs/rules.md#closed-periods). A period counts as closed when it has ended, whether or not there was something to
 * invoice. Days of the running period can always be changed.
 */
export interface ClosedDays {
  /** Days before today through which days of closed periods may be changed; 0: none may. */
  readonly backDatingDays: number;
  /** Why, in the words of a person: needed for a day in a closed period, and by some commands. Null: none was given. */
  readonly reason: string | null;
}

/** Refuses every closed day. */
export const REFUSE: ClosedDays = { backDatingDays: 0, reason: null };

/** What every decider is given whose command changes charged days. */
export interface ClosedDaysFact {
  readonly closedDays: ClosedDays;
}

/**
 * The first day that commands may change: that of the running billing period, or an earlier one.
 * @param today the customer's
 */
export const firstChangeableDay = ({ backDatingDays }: ClosedDays, customer: Customer, today: LocalDate): LocalDate =>
  earlier(addDays(today, -backDatingDays), billingPeriodOf(customer, today).from);

/**
 * Refuses a day that commands may not change.
 * @param date the first day whose charges change
 * @param today the customer's
 * @param field the input field that gave the date
 * @throws Rejection DATE_ALREADY_INVOICED when the date lies before the first day that commands may change;
 * VALIDATION_FAILED (reason) when it lies in a closed period and no reason is given
 */
export const requireChangeableDay = (
  closedDays: ClosedDays,
  customer: Customer,
  date: LocalDate,
  today: LocalDate,
  field = "effectiveOn",
): void => {
  const { from } = billingPeriodOf(customer, today);
  if (date >= from) return;
  const first = firstChangeableDay(closedDays, customer, today);
  if (date < first) {
    const message =
      first === from
        ? `${date} lies in a closed billing period; the running one began on ${from}.`
        : `${date} lies before ${first}, the first day that can still be changed.`;
    const facts =
      first === from
        ? ({ case: "DAY_CLOSED", day: date, from } as const)
        : ({ case: "DAY_TOO_EARLY", day: date, first } as const);
    throw reject("DATE_ALREADY_INVOICED", message, { field, facts });
  }
  if (closedDays.reason !== null) return;
  const message = `${date} lies in a closed billing period: a change of it needs a reason.`;
  throw reject("VALIDATION_FAILED", message, {
    field: "reason",
    facts: { case: "DAY_NEEDS_REASON", day: date },
  });
};
