import { billingPeriodTypes } from "#domain/billing-periods.js";
import { isTimeZone } from "#domain/calendar.js";
import { type CustomerAction } from "../../actions.js";
import { contact } from "../customers.js";
import { money, nameOf, notATimeZone, text, whole, word } from "../values.js";
import { step, type StepSchemas } from "./step.js";

const customer = nameOf("customer");

export const CUSTOMER_STEPS: StepSchemas<CustomerAction> = {
  closeCustomer: step("closeCustomer", { closeCustomer: customer }, ({ closeCustomer }) => ({
    action: { kind: "closeCustomer", customer: closeCustomer },
    whose: { customer: closeCustomer },
  })),
  changeContact: step("changeContact", { changeContact: customer, contact }, (written) => ({
    action: { kind: "changeContact", customer: written.changeContact, contact: written.contact },
    whose: { customer: written.changeContact },
  })),
  changeBilling: step(
    "changeBilling",
    {
      changeBilling: customer,
      billingPeriod: word(billingPeriodTypes).optional().describe("From the end of the running billing period on"),
      timeZone: text.optional(),
      anniversaryDay: whole.optional().describe("Of MONTHLY_ANNIVERSARY: 1 to 31"),
    },
    ({ changeBilling, billingPeriod, timeZone, anniversaryDay, rejected }, context) => {
      if (billingPeriod === undefined && timeZone === undefined && anniversaryDay === undefined) {
        context.addIssue(`changeBilling needs "billingPeriod", "timeZone" or "anniversaryDay"`);
      }
      if (rejected === undefined && timeZone !== undefined && !isTimeZone(timeZone)) {
        context.addIssue({ code: "custom", path: ["timeZone"], message: notATimeZone(timeZone) });
      }
      return {
        action: { kind: "changeBilling", customer: changeBilling, billingPeriod, timeZone, anniversaryDay },
        whose: { customer: changeBilling },
      };
    },
  ),
  setCustomerClass: step(
    "setCustomerClass",
    { setCustomerClass: customer, class: nameOf("customerClass") },
    ({ setCustomerClass, class: customerClass }) => ({
      action: { kind: "setCustomerClass", customer: setCustomerClass, customerClass },
      whose: { customer: setCustomerClass },
    }),
  ),
  setSubscriptionDiscountRate: step(
    "setSubscriptionDiscountRate",
    { setSubscriptionDiscountRate: customer, rate: money.nullable().describe("Percent, in quotes; null removes it") },
    ({ setSubscriptionDiscountRate, rate }) => ({
      action: { kind: "setSubscriptionDiscountRate", customer: setSubscriptionDiscountRate, rate },
      whose: { customer: setSubscriptionDiscountRate },
    }),
  ),
  suspend: step("suspend", { suspend: customer }, ({ suspend }) => ({
    action: { kind: "suspend", customer: suspend },
    whose: { customer: suspend },
  })),
  unsuspend: step("unsuspend", { unsuspend: customer }, ({ unsuspend }) => ({
    action: { kind: "unsuspend", customer: unsuspend },
    whose: { customer: unsuspend },
  })),
};
