import { compareText } from "../by-day.js";
import { type Instant, type LocalDate } from "../calendar.js";
import { reasoned } from "../event.js";
import { doneWithReason, requireReason } from "../reason.js";
import { reject } from "../rejection.js";
import { type ClosedDaysFact } from "./closed-days.js";
import { type Customer, nonPaymentSuspensionOn, type Orderable, todayOf } from "./customer.js";
import { known, open, requireOpenOrComingDay } from "./decide.js";
import { type CustomerEvent, type ScheduledChangeCancelled, type ScheduledChangeKind } from "./events.js";

const RATE = /^(?:100(?:\.0{1,4})?|(?:0|[1-9]\d?)(?:\.\d{1,4})?)$/;

/**
 * A percentage of recurring fees that replaces the discounts of all the customer's commitments, even at 0, from a past
 * or coming day on; null removes it (docs/rules.md#discount-rate). The same rate as before is recorded too: it holds
 * against a rate that is set later for an earlier day.
 * @throws Rejection VALIDATION_FAILED, CUSTOMER_NOT_FOUND, CUSTOMER_CLOSED, INVALID_DATE, DATE_ALREADY_INVOICED
 */
export const setSubscriptionDiscountRate = (
  command: { readonly rate: string | null; readonly effectiveOn?: LocalDate; readonly now: Instant },
  state: Customer | null,
  facts: ClosedDaysFact,
): CustomerEvent[] => {
  const { rate } = command;
  if (rate !== null && !RATE.test(rate)) {
    throw reject("VALIDATION_FAILED", `"${rate}" is no percentage from 0 to 100 with at most four decimals.`, {
      field: "rate",
      facts: { case: "NO_PERCENTAGE" },
    });
  }
  const day = ordered(command, state, facts);
  return [{ type: "SubscriptionDiscountRateSet", data: { rate, ...day, ...reasoned(facts.closedDays.reason) } }];
};

interface ChangeSuspension {
  readonly effectiveOn?: LocalDate;
  readonly now: Instant;
}

/**
 * The day is the first one not charged; it may be to come. Suspending a suspended customer is recorded all the same: it
 * holds against a later command for an earlier day (docs/rules.md#suspension). By hand it needs a reason.
 * @throws Rejection VALIDATION_FAILED (reason), CUSTOMER_NOT_FOUND, CUSTOMER_CLOSED, INVALID_DATE, DATE_ALREADY_INVOICED
 */
export const suspendCustomer = (
  command: ChangeSuspension,
  state: Customer | null,
  facts: ClosedDaysFact,
): CustomerEvent[] => {
  const reason = requireReason(facts.closedDays.reason, doneWithReason.suspendCustomer);
  const day = ordered(command, state, facts);
  return [{ type: "CustomerSuspended", data: { ...day, personal: { reason } } }];
};

/**
 * Lifts the suspension: the day is charged again; it may be to come. Recorded also where there is none, as suspending
 * twice is. @throws as for suspending
 */
export const unsuspendCustomer = (
  command: ChangeSuspension,
  state: Customer | null,
  facts: ClosedDaysFact,
): CustomerEvent[] => {
  const reason = requireReason(facts.closedDays.reason, doneWithReason.unsuspendCustomer);
  const day = ordered(command, state, facts);
  return [{ type: "CustomerUnsuspended", data: { ...day, ...reasoned(reason) } }];
};

/**
 * What collection records of a customer that it has suspended for non-payment; nothing where such a suspension holds on
 * the day already, or the customer is closed (docs/rules.md#collection).
 * @throws Rejection CUSTOMER_NOT_FOUND
 */
export const suspendForNonPayment = ({ on }: { readonly on: LocalDate }, state: Customer | null): CustomerEvent[] => {
  const customer = known(state);
  if (customer.closedOn !== null || nonPaymentSuspensionOn(customer, on)) return [];
  return [{ type: "CustomerSuspended", data: { origin: "NON_PAYMENT", effectiveOn: on, personal: { reason: null } } }];
};

/**
 * What collection records of a customer whose suspension for non-payment is over; one by hand stays.
 * @throws Rejection CUSTOMER_NOT_FOUND
 */
export const liftForPayment = ({ on }: { readonly on: LocalDate }, state: Customer | null): CustomerEvent[] =>
  nonPaymentSuspensionOn(known(state), on)
    ? [{ type: "CustomerUnsuspended", data: { origin: "NON_PAYMENT", effectiveOn: on } }]
    : [];

/** The command's day, with the day of the order where it is to come. */
const ordered = (
  command: ChangeSuspension,
  state: Customer | null,
  { closedDays }: ClosedDaysFact,
): { readonly orderedOn?: LocalDate; readonly effectiveOn: LocalDate } => {
  const customer = open(state);
  const effectiveOn = requireOpenOrComingDay(customer, command.effectiveOn, command.now, closedDays);
  const today = todayOf(customer, command.now);
  return effectiveOn > today ? { orderedOn: today, effectiveOn } : { effectiveOn };
};

/** What is ordered for a coming day: one of a kind for a day, the one recorded last. */
export interface ScheduledChange {
  readonly what: ScheduledChangeKind;
  readonly effectiveOn: LocalDate;
  readonly orderedOn: LocalDate;
  /** The rate that is ordered, in percent; null: that there is none, or no rate is ordered. */
  readonly rate: string | null;
}

/** What is ordered for coming days, by day; nothing of a closed customer (docs/rules.md#coming-days). */
export const scheduledChanges = (customer: Customer, today: LocalDate): ScheduledChange[] => {
  if (customer.closedOn !== null) return [];
  const { suspensions, discountRates } = customer;
  const suspended = suspensions.filter((one) => one.suspended);
  const lifted = suspensions.filter((one) => !one.suspended);
  const shown = (what: ScheduledChangeKind, { effectiveOn, orderedOn }: Scheduled, rate: string | null = null) => ({
    what,
    effectiveOn,
    orderedOn,
    rate,
  });
  return [
    ...coming(suspended, today).map((one) => shown("SUSPENSION", one)),
    ...coming(lifted, today).map((one) => shown("UNSUSPENSION", one)),
    ...coming(discountRates, today).map((one) => shown("RATE", one, one.rate)),
  ].sort((a, b) => compareText(a.effectiveOn, b.effectiveOn));
};

type Scheduled = Orderable & { readonly orderedOn: LocalDate };

/** Those of one kind whose days are to come: of each day the last. */
const coming = <Ordered extends Orderable>(all: readonly Ordered[], today: LocalDate): (Ordered & Scheduled)[] => {
  const ordered = all.filter((one): one is Ordered & Scheduled => one.orderedOn !== null && one.effectiveOn > today);
  return [...new Map(ordered.map((one) => [one.effectiveOn, one])).values()];
};

/**
 * Cancels what is ordered for a coming day, until that day.
 * @throws Rejection CUSTOMER_NOT_FOUND, CUSTOMER_CLOSED, NOT_SCHEDULED
 */
export const cancelScheduledChange = (
  command: { readonly what: ScheduledChangeKind; readonly effectiveOn: LocalDate; readonly now: Instant },
  state: Customer | null,
): ScheduledChangeCancelled[] => {
  const customer = open(state);
  const { what, effectiveOn } = command;
  const scheduled = scheduledChanges(customer, todayOf(customer, command.now));
  if (scheduled.some((one) => one.what === what && one.effectiveOn === effectiveOn)) {
    return [{ type: "ScheduledChangeCancelled", data: { what, effectiveOn } }];
  }
  const message = `${NAMES[what]} is scheduled for ${effectiveOn}.`;
  throw reject("NOT_SCHEDULED", message, { field: "effectiveOn" });
};

const NAMES: Readonly<Record<ScheduledChangeKind, string>> = {
  SUSPENSION: "No suspension",
  UNSUSPENSION: "No lifting of a suspension",
  RATE: "No discount rate",
};
