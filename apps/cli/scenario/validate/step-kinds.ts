import { type LocalDate, type TimeZone } from "#domain/calendar.js";
import { type Action, type DiscountEndChoice } from "../model.js";
import { oneTimeFee, recurringFee, recurringFeesByPeriod } from "./catalog.js";
import { readContact } from "./customers.js";
import { type Moments, type Whose } from "./moments.js";
import { type Names } from "./names.js";
import { listOf, Mapping, type Reader } from "./place.js";
import { date, requireCapability, text, timeZone } from "./values.js";

/** What the steps before one have established. */
export interface StepContext {
  readonly names: Names;
  readonly moments: Moments;
}

export interface ReadAction {
  readonly action: Action;
  readonly whose: Whose;
  /** What the steps after it can count on, once it was accepted. */
  readonly accepted?: (on: LocalDate) => void;
}

export interface StepKind {
  /** Its keys beside the kind's own, `on`, `effective` and `rejected`. */
  readonly keys: readonly string[];
  read(step: Mapping, context: StepContext, rejected: boolean): ReadAction;
}

const discountEnd: Reader<DiscountEndChoice> = (at) => {
  if (at.scalar === "DEFAULT") return { kind: "DEFAULT" };
  if (at.scalar !== undefined) return at.refuse(`${at.label} must be DEFAULT or {date: …}, not ${at.description}`);
  const choice = new Mapping(at, ["date", "syncWith"]);
  choice.optional("syncWith", (other) => {
    requireCapability(other, "field", "syncWith");
  });
  return { kind: "MANUAL", date: choice.required("date", date) };
};

/** The kinds of steps that can be played, each with its reader. */
export const KINDS: Record<Exclude<Action["kind"], "moveClock">, StepKind> = {
  assign: {
    keys: ["account", "as", "discountEnd"],
    read(step, { names, moments }, rejected) {
      // The name comes first: what refers to it is not wrong because the rest of this step is.
      const given = step.optional("as", rejected ? text : (at) => names.define("assigned", at));
      const account = step.required("account", names.reference("account"));
      const offer = step.required("assign", names.reference("offer"));
      const as = given ?? (rejected ? offer : names.defineUnused("assigned", offer, step.at.line));
      const end = step.optional("discountEnd", discountEnd) ?? { kind: "DEFAULT" };
      return {
        action: { kind: "assign", offer, account, as, discountEnd: end },
        whose: { account },
        accepted: () => {
          moments.addCommitment(as, account);
        },
      };
    },
  },
  terminate: {
    keys: ["waivePenalty"],
    read(step, { names }) {
      step.optional("waivePenalty", (at) => {
        requireCapability(at, "field", "waivePenalty");
      });
      const commitment = step.required("terminate", names.reference("assigned"));
      return { action: { kind: "terminate", commitment }, whose: { commitment } };
    },
  },
  reviseCommitment: {
    keys: ["recurringFees", "oneTimeFees"],
    read(step, { names }) {
      const offer = step.required("reviseCommitment", names.reference("offer"));
      const recurringFees = step.optional("recurringFees", listOf("a recurring fee", recurringFee(names)));
      const oneTimeFees = step.optional("oneTimeFees", listOf("a one-time fee", oneTimeFee));
      if (!recurringFees && !oneTimeFees) step.at.refuse(`reviseCommitment needs "recurringFees" or "oneTimeFees"`);
      return { action: { kind: "reviseCommitment", offer, recurringFees, oneTimeFees }, whose: null };
    },
  },
  reviseSubscription: {
    keys: ["recurringFees"],
    read(step, { names }) {
      const subscription = step.required("reviseSubscription", names.reference("subscription"));
      const recurringFees = step.required("recurringFees", recurringFeesByPeriod);
      return { action: { kind: "reviseSubscription", subscription, recurringFees }, whose: null };
    },
  },
  withdrawCommitment: {
    keys: [],
    read(step, { names }) {
      const offer = step.required("withdrawCommitment", names.reference("offer"));
      return { action: { kind: "withdrawCommitment", offer }, whose: null };
    },
  },
  openAccount: {
    keys: ["customer", "mainProduct"],
    read(step, { names, moments }, rejected) {
      // The id of a closed account may be given again, so whether it is free is the server's to say.
      const account = step.required("openAccount", rejected ? text : (at) => names.redefine("account", at));
      const customer = step.required("customer", names.reference("customer"));
      const mainProduct = step.required("mainProduct", names.reference("mainProduct"));
      return {
        action: { kind: "openAccount", account, customer, mainProduct },
        whose: { customer },
        accepted: () => {
          moments.addAccount(account, customer);
        },
      };
    },
  },
  changeMainProduct: {
    keys: ["to"],
    read(step, { names }) {
      const account = step.required("changeMainProduct", names.reference("account"));
      const mainProduct = step.required("to", names.reference("mainProduct"));
      return { action: { kind: "changeMainProduct", account, mainProduct }, whose: { account } };
    },
  },
  addAlias: {
    keys: ["alias"],
    read(step, { names }) {
      const account = step.required("addAlias", names.reference("account"));
      return { action: { kind: "addAlias", account, alias: step.required("alias", text) }, whose: { account } };
    },
  },
  removeAlias: {
    keys: ["alias"],
    read(step, { names }) {
      const account = step.required("removeAlias", names.reference("account"));
      return { action: { kind: "removeAlias", account, alias: step.required("alias", text) }, whose: { account } };
    },
  },
  closeAccount: {
    keys: [],
    read(step, { names }) {
      const account = step.required("closeAccount", names.reference("account"));
      return { action: { kind: "closeAccount", account }, whose: { account } };
    },
  },
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
        requireCapability(at, "field", "anniversaryDay");
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
};
