import { type LocalDate } from "#domain/calendar.js";
import { type AccountAction, type CatalogAction, type CustomerAction, type ScheduledAction } from "../actions.js";
import { type Step } from "../model.js";
import { type Command } from "./command.js";
import { commitmentCommand } from "./commitment-command.js";
import { type Ids } from "./ids.js";
import { contactInput, feesInput, recurringFeesInput } from "./inputs.js";

/** Mutations that take a reason: docs/rules.md#reasons says when they need it. */
const REASONED: ReadonlySet<string> = new Set([
  "assignOffer",
  "setDiscountEnd",
  "terminateCommitment",
  "pauseCommitment",
  "changePause",
  "resumeCommitment",
  "declinePause",
  "upgradeCommitment",
  "transferCommitment",
  "closeAccount",
  "closeCustomer",
  "setCustomerClass",
  "setSubscriptionDiscountRate",
  "suspendCustomer",
  "unsuspendCustomer",
  "issueCreditNote",
  "voidInvoice",
  "exemptFromCollection",
  "reversePayment",
  "recordRefund",
  "issueGoodwillCredit",
  "writeOffInvoice",
  "correctCalls",
]);

/**
 * The mutation of a step; null where only the clock moves. A step without a reason gives "scenario" as its reason.
 * @param invoice the id of the invoice that the step is about; null: there is none
 * @throws NotThere when it refers to something that does not exist
 */
export const commandOf = (step: Step, ids: Ids, invoice: string | null = null): Command | null => {
  const command = mutationOf(step, ids, invoice);
  if (command === null || !REASONED.has(command.name)) return command;
  return { ...command, input: { ...command.input, reason: step.reason ?? "scenario" } };
};

/** The id of no invoice: the server refuses it. */
const NO_INVOICE = "00000000-0000-4000-8000-000000000000";

const mutationOf = ({ action, effective, line }: Step, ids: Ids, invoice: string | null): Command | null => {
  switch (action.kind) {
    case "moveClock":
      return null;
    case "reviseCommitment":
    case "reviseSubscription":
    case "reviseCustomerClass":
    case "withdrawCommitment":
      return catalogCommand(action, ids);
    case "openAccount":
    case "changeMainProduct":
    case "addAlias":
    case "removeAlias":
    case "closeAccount":
      return accountCommand(action, effective, ids);
    case "closeCustomer":
    case "changeContact":
    case "changeBilling":
    case "setCustomerClass":
    case "setSubscriptionDiscountRate":
    case "suspend":
    case "unsuspend":
      return customerCommand(action, effective, ids);
    case "cancelScheduled":
      return cancelCommand(action, effective, ids);
    case "creditNote": {
      const { customer, correcting } = action;
      return { name: "issueCreditNote", input: { customerId: ids.get("customer", customer), correcting } };
    }
    case "pay": {
      const { customer, amount, as, currency, reference, issued } = action;
      // The day on which the money came: it counts from the day of the step.
      const input = {
        ...{ customerId: ids.get("customer", customer), amount, currency, reference, valueOn: effective },
        ...(issued !== undefined && { invoiceId: invoice ?? NO_INVOICE }),
      };
      return {
        name: "recordPayment",
        input,
        answers: "paymentId",
        ...(as !== undefined && { makes: ["payment", as] }),
      };
    }
    case "reversePayment":
      return { name: action.kind, input: { paymentId: ids.get("payment", action.payment) } };
    case "refund":
    case "goodwill": {
      const name = action.kind === "refund" ? "recordRefund" : "issueGoodwillCredit";
      return { name, input: { customerId: ids.get("customer", action.customer), amount: action.amount } };
    }
    case "writeOff":
      return { name: "writeOffInvoice", input: { invoiceId: invoice ?? NO_INVOICE } };
    case "voidInvoice":
    case "reissueInvoice":
      return { name: action.kind, input: { invoiceId: invoice ?? NO_INVOICE } };
    case "createTicket": {
      const { customer, subject, body } = action;
      return { name: action.kind, input: { customerId: ids.get("customer", customer), subject, body } };
    }
    case "call": {
      const { account, leg, from, to, answered, seconds, key } = action;
      const call = { leg, cli: from, cld: to, answered, seconds };
      return {
        name: "recordCall",
        input: { callId: key ?? `line ${line}`, accountId: ids.get("account", account), ...call },
        ...(key !== undefined && { makes: ["call", key] }),
      };
    }
    case "changeRates":
      return { name: action.kind, input: { tariffId: ids.get("tariff", action.tariff), rates: action.rates } };
    case "rateCalls": {
      const { calls, tariff } = action;
      return { name: action.kind, input: { keys: keysOf(calls, ids), tariffId: tariff && ids.get("tariff", tariff) } };
    }
    case "correctCalls": {
      const { calls, void: isVoid, seconds, tariff } = action;
      const tariffId = tariff && ids.get("tariff", tariff);
      return { name: action.kind, input: { keys: keysOf(calls, ids), void: isVoid, seconds, tariffId } };
    }
    case "promiseToPay":
      return { name: action.kind, input: { customerId: ids.get("customer", action.customer), by: action.by } };
    case "exemptFromCollection":
      return { name: action.kind, input: { customerId: ids.get("customer", action.customer), exempt: action.exempt } };
    default:
      return commitmentCommand(action, effective, ids);
  }
};

const keysOf = (calls: readonly string[], ids: Ids): string[] => calls.map((key) => ids.get("call", key));

const catalogCommand = (action: CatalogAction, ids: Ids): Command => {
  switch (action.kind) {
    case "reviseCommitment":
      return {
        name: "reviseOffer",
        input: {
          offerId: ids.get("offer", action.offer),
          recurringFees: action.recurringFees && recurringFeesInput(action.recurringFees, ids),
          oneTimeFees: action.oneTimeFees,
        },
      };
    case "reviseSubscription":
      return {
        name: "revisePlan",
        input: {
          planId: ids.get("subscription", action.subscription),
          recurringFees: feesInput(action.recurringFees),
        },
      };
    case "reviseCustomerClass":
      return {
        name: "reviseCustomerClass",
        input: { customerClassId: ids.get("customerClass", action.customerClass), ...action.terms },
      };
    case "withdrawCommitment":
      return { name: "withdrawOffer", input: { offerId: ids.get("offer", action.offer) } };
  }
};

const accountCommand = (action: AccountAction, effectiveOn: LocalDate | undefined, ids: Ids): Command => {
  if (action.kind === "openAccount") {
    return {
      name: "openAccount",
      input: {
        customerId: ids.get("customer", action.customer),
        identifier: action.account,
        mainProductId: ids.get("mainProduct", action.mainProduct),
        effectiveOn,
      },
      makes: ["account", action.account],
    };
  }
  const accountId = ids.get("account", action.account);
  switch (action.kind) {
    case "changeMainProduct":
      return { name: action.kind, input: { accountId, mainProductId: ids.get("mainProduct", action.mainProduct) } };
    case "addAlias":
    case "removeAlias":
      return { name: action.kind, input: { accountId, alias: action.alias } };
    case "closeAccount":
      return { name: action.kind, input: { accountId, effectiveOn } };
  }
};

const customerCommand = (action: CustomerAction, effectiveOn: LocalDate | undefined, ids: Ids): Command => {
  const customerId = ids.get("customer", action.customer);
  switch (action.kind) {
    case "closeCustomer":
      return { name: action.kind, input: { customerId, effectiveOn } };
    case "changeContact":
      return { name: "changeCustomerContact", input: { customerId, ...contactInput(action.contact) } };
    case "changeBilling":
      return {
        name: "changeCustomerBilling",
        input: {
          customerId,
          billingPeriod: action.billingPeriod,
          anniversaryDay: action.anniversaryDay,
          timeZone: action.timeZone,
        },
      };
    case "setCustomerClass": {
      const customerClassId = ids.get("customerClass", action.customerClass);
      return { name: action.kind, input: { customerId, customerClassId, effectiveOn } };
    }
    case "setSubscriptionDiscountRate":
      return { name: action.kind, input: { customerId, rate: action.rate, effectiveOn } };
    case "suspend":
      return { name: "suspendCustomer", input: { customerId, effectiveOn } };
    case "unsuspend":
      return { name: "unsuspendCustomer", input: { customerId, effectiveOn } };
  }
};

const cancelCommand = (action: ScheduledAction, effectiveOn: LocalDate | undefined, ids: Ids): Command => {
  if ("customer" in action) {
    const customerId = ids.get("customer", action.customer);
    return { name: "cancelScheduledChange", input: { customerId, what: action.what, effectiveOn } };
  }
  const name = action.what === "UPGRADE" ? "cancelScheduledUpgrade" : "cancelRenewal";
  return { name, input: { commitmentId: ids.get("assigned", action.commitment), effectiveOn } };
};
