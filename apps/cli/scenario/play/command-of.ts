import { type Step } from "../model.js";
import { type NameKind } from "../validate/names.js";
import { type Ids } from "./ids.js";
import { contactInput, feesInput, recurringFeesInput } from "./inputs.js";

/** A mutation of the API. */
export interface Command {
  readonly name: string;
  readonly input: object;
  /** The file's name for what it makes. */
  readonly makes?: readonly [NameKind, string];
}

/**
 * The mutation of a step; null where only the clock moves.
 * @throws NotThere when it is about something that does not exist
 */
export const commandOf = ({ action, effective }: Step, ids: Ids): Command | null => {
  const effectiveOn = effective;
  switch (action.kind) {
    case "assign":
      return {
        name: "assignOffer",
        input: {
          offerId: ids.get("offer", action.offer),
          accountId: ids.get("account", action.account),
          discountEnd: action.discountEnd,
          effectiveOn,
        },
        makes: ["assigned", action.as],
      };
    case "terminate":
      return {
        name: "terminateCommitment",
        input: { commitmentId: ids.get("assigned", action.commitment), effectiveOn },
      };
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
        name: "reviseSubscription",
        input: {
          subscriptionId: ids.get("subscription", action.subscription),
          recurringFees: feesInput(action.recurringFees),
        },
      };
    case "withdrawCommitment":
      return { name: "withdrawOffer", input: { offerId: ids.get("offer", action.offer) } };
    case "openAccount":
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
    case "changeMainProduct":
      return {
        name: "changeMainProduct",
        input: { accountId: account(action, ids), mainProductId: ids.get("mainProduct", action.mainProduct) },
      };
    case "addAlias":
    case "removeAlias":
      return { name: action.kind, input: { accountId: account(action, ids), alias: action.alias } };
    case "closeAccount":
      return { name: "closeAccount", input: { accountId: account(action, ids), effectiveOn } };
    case "closeCustomer":
      return { name: "closeCustomer", input: { customerId: customer(action, ids), effectiveOn } };
    case "changeContact":
      return {
        name: "changeCustomerContact",
        input: { customerId: customer(action, ids), ...contactInput(action.contact) },
      };
    case "changeBilling":
      return {
        name: "changeCustomerTimeZone",
        input: { customerId: customer(action, ids), timeZone: action.timeZone },
      };
    case "setCustomerClass":
      return {
        name: "setCustomerClass",
        input: {
          customerId: customer(action, ids),
          customerClassId: ids.get("customerClass", action.customerClass),
          effectiveOn,
        },
      };
    case "moveClock":
      return null;
  }
};

const account = (action: { readonly account: string }, ids: Ids): string => ids.get("account", action.account);
const customer = (action: { readonly customer: string }, ids: Ids): string => ids.get("customer", action.customer);
