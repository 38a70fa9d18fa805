import { type TimeZone } from "#domain/calendar.js";
import { type CustomerAction } from "../../actions.js";
import { readContact } from "../customers.js";
import { money, nullable, requireCapability, text, timeZone } from "../values.js";
import { type StepKinds } from "./step-kind.js";

export const CUSTOMER_STEPS: StepKinds<CustomerAction> = {
  closeCustomer: {
    keys: [],
    read(step, { names }) {
      const customer = step.required("closeCustomer", names.reference("customer"));
      return { action: { kind: "closeCustomer", customer }, whose: { customer } };
    },
  },
  changeContact: {
    keys: ["contact"],
    read(step, { names }) {
      const customer = step.required("changeContact", names.reference("customer"));
      const contact = step.required("contact", readContact);
      return { action: { kind: "changeContact", customer, contact }, whose: { customer } };
    },
  },
  changeBilling: {
    keys: ["billingPeriod", "timeZone", "anniversaryDay"],
    read(step, { names, moments }, rejected) {
      const customer = step.required("changeBilling", names.reference("customer"));
      step.optional("billingPeriod", (at) => {
        requireCapability(at, "field", "changedBillingPeriod");
      });
      step.optional("anniversaryDay", (at) => {
        requireCapability(at, "field", "changedAnniversaryDay");
      });
      const zone: TimeZone = step.required("timeZone", rejected ? text : timeZone);
      return {
        action: { kind: "changeBilling", customer, timeZone: zone },
        whose: { customer },
        accepted: (on) => {
          moments.changeZone(customer, on, zone);
        },
      };
    },
  },
  setCustomerClass: {
    keys: ["class"],
    read(step, { names }) {
      const customer = step.required("setCustomerClass", names.reference("customer"));
      const customerClass = step.required("class", names.reference("customerClass"));
      return { action: { kind: "setCustomerClass", customer, customerClass }, whose: { customer } };
    },
  },
  setSubscriptionDiscountRate: {
    keys: ["rate"],
    read(step, { names }) {
      const customer = step.required("setSubscriptionDiscountRate", names.reference("customer"));
      const rate = step.required("rate", nullable(money));
      return { action: { kind: "setSubscriptionDiscountRate", customer, rate }, whose: { customer } };
    },
  },
  suspend: {
    keys: [],
    read(step, { names }) {
      const customer = step.required("suspend", names.reference("customer"));
      return { action: { kind: "suspend", customer }, whose: { customer } };
    },
  },
  unsuspend: {
    keys: [],
    read(step, { names }) {
      const customer = step.required("unsuspend", names.reference("customer"));
      return { action: { kind: "unsuspend", customer }, whose: { customer } };
    },
  },
};
