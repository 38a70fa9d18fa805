import { addDays, type Interval, later } from "../calendar.js";
import { classTermsOn } from "../catalog/customer-class.js";
import { type ClassTerms } from "../catalog/events.js";
import { type CustomerHistory } from "../commitments/history.js";
import { classIdOn } from "../customers/customer.js";

/**
 * The terms of the customer's class (rounding, grace days) that a billing period is billed by: those in force on the
 * period's last day.
 * @param period a whole billing period of the customer, [from, to)
 */
export const classTermsOf = ({ customer, classes }: CustomerHistory, period: Interval): ClassTerms => {
  const lastDay = addDays(period.to, -1);
  const classId = classIdOn(customer, later(lastDay, customer.createdOn));
  return classTermsOn(classId === null ? null : classes.get(classId), lastDay);
};
