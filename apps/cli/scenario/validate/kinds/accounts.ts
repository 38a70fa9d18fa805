import { type AccountAction } from "../../actions.js";
import { text } from "../values.js";
import { type StepKinds } from "./step-kind.js";

export const ACCOUNT_STEPS: StepKinds<AccountAction> = {
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
};
