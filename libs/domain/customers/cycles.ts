import { type BillingCycle, type BillingPeriodType, lastNthThrough } from "../billing-periods.js";
import { dayOfMonth, type LocalDate, type TimeZone } from "../calendar.js";
import { reject } from "../rejection.js";

/** How a customer is billed from a day on. A change takes effect when the running billing period ends. */
export type CustomerCycle = BillingCycle & {
  readonly inForceFrom: LocalDate;
  /** The billing time zone: its midnight begins the customer's days. */
  readonly timeZone: TimeZone;
};

/** The billing settings of a customer from a day on, as its events give them. */
export interface BillingSettings {
  readonly billingPeriod: BillingPeriodType;
  /** Of MONTHLY_ANNIVERSARY, 1 to 31; absent: the day of `inForceFrom`. */
  readonly anniversaryDay?: number;
  readonly timeZone: TimeZone;
  readonly inForceFrom: LocalDate;
}

/**
 * The cycles with one more. Those that would have begun on its day or later are replaced: they were ordered before, and
 * are not in force yet.
 */
export const withCycle = (cycles: readonly CustomerCycle[], settings: BillingSettings): CustomerCycle[] => {
  const { inForceFrom, timeZone } = settings;
  const before = cycles.filter((cycle) => cycle.inForceFrom < inForceFrom);
  return [...before, { ...anchored(settings, before.at(-1)), inForceFrom, timeZone }];
};

/** Periods of the same type, from the same anniversary, are counted on from the anchor before. */
const anchored = (
  { billingPeriod, anniversaryDay, inForceFrom }: BillingSettings,
  before?: CustomerCycle,
): BillingCycle => {
  switch (billingPeriod) {
    case "MONTHLY_ANNIVERSARY": {
      const day = anniversaryDay ?? dayOfMonth(inForceFrom);
      const goesOn = before?.type === billingPeriod && dayOfMonth(before.anchor) === day;
      return { type: billingPeriod, anchor: goesOn ? before.anchor : lastNthThrough(day, inForceFrom) };
    }
    case "THIRTY_DAYS":
      return { type: billingPeriod, anchor: before?.type === billingPeriod ? before.anchor : inForceFrom };
    default:
      return { type: billingPeriod, anchor: null };
  }
};

/** The anniversary day that a cycle has; null unless it is MONTHLY_ANNIVERSARY. */
export const anniversaryDayOf = (cycle: BillingCycle): number | null =>
  cycle.type === "MONTHLY_ANNIVERSARY" ? dayOfMonth(cycle.anchor) : null;

/**
 * The anniversary day that a billing period type goes with.
 * @param byDefault the day where none is given
 * @returns null: a type without one
 * @throws Rejection VALIDATION_FAILED
 */
export const requireAnniversaryDay = (
  billingPeriod: BillingPeriodType,
  given: number | undefined,
  byDefault: number,
): number | null => {
  const field = "anniversaryDay";
  if (billingPeriod !== "MONTHLY_ANNIVERSARY") {
    if (given === undefined) return null;
    throw reject("VALIDATION_FAILED", `The billing period ${billingPeriod} takes no anniversary day.`, {
      field,
      facts: { case: "NO_ANNIVERSARY_DAY" },
    });
  }
  const day = given ?? byDefault;
  if (Number.isInteger(day) && day >= 1 && day <= 31) return day;
  throw reject("VALIDATION_FAILED", "An anniversary day is a day of the month, from 1 to 31.", {
    field,
    facts: { case: "NOT_WITHIN", least: "1", most: "31" },
  });
};
