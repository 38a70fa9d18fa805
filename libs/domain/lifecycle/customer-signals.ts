import { compareText, inForceOn } from "../by-day.js";
import { addDays, type LocalDate } from "../calendar.js";
import { type Customer, discountRateOn, type Orderable, suspensionOn } from "../customers/customer.js";
import { type CustomerSignal } from "./events.js";

/**
 * All signals of a customer as known today, by day: of what was ordered for a coming day, where it changes something on
 * that day (docs/rules.md#signals); none after that of its closing. A suspension comes before a rate.
 */
export const customerTransitions = (customer: Customer): CustomerSignal[] => {
  const { customerId, closedOn, suspensions, discountRates } = customer;
  const changed: CustomerSignal[] = [
    ...inForceOnTheirDays(suspensions.filter(({ origin }) => origin === undefined))
      .filter(
        ({ suspended, effectiveOn }) =>
          // Of the whole: the other kind of suspension may hold on.
          isSuspended(customer, effectiveOn) === suspended &&
          isSuspended(customer, addDays(effectiveOn, -1)) !== suspended,
      )
      .map(({ suspended, effectiveOn }): CustomerSignal => ({
        type: suspended ? "SuspensionTookEffect" : "UnsuspensionTookEffect",
        data: { customerId, effectiveOn },
      })),
    ...inForceOnTheirDays(discountRates)
      .filter(({ rate, effectiveOn }) => rateOn(customer, addDays(effectiveOn, -1)) !== rate)
      .map(({ rate, effectiveOn }): CustomerSignal => ({
        type: "SubscriptionDiscountRateTookEffect",
        data: { customerId, rate, effectiveOn },
      })),
  ];
  return changed
    .filter(({ data }) => closedOn === null || data.effectiveOn <= closedOn)
    .sort((a, b) => compareText(a.data.effectiveOn, b.data.effectiveOn));
};

/** What was ordered for a coming day, unless something else of that day counts. */
const inForceOnTheirDays = <Ordered extends Orderable>(all: readonly Ordered[]): Ordered[] =>
  all.filter((one) => one.orderedOn !== null && inForceOn(all, one.effectiveOn, (other) => other.effectiveOn) === one);

const isSuspended = (customer: Customer, date: LocalDate): boolean => suspensionOn(customer, date) !== undefined;

const rateOn = (customer: Customer, date: LocalDate): string | null => discountRateOn(customer, date)?.rate ?? null;
