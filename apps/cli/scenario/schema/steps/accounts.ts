import { type AccountAction } from "../../actions.js";
import { nameOf, text } from "../values.js";
import { step, type StepSchemas } from "./step.js";

const account = nameOf("account");

export const ACCOUNT_STEPS: StepSchemas<AccountAction> = {
  // The id of a closed account may be reused, so the server decides whether it is free.
  openAccount: step(
    "openAccount",
    { openAccount: text, customer: nameOf("customer"), mainProduct: nameOf("mainProduct") },
    ({ openAccount, customer, mainProduct }) => ({
      action: { kind: "openAccount", account: openAccount, customer, mainProduct },
      whose: { customer },
    }),
  ),
  changeMainProduct: step(
    "changeMainProduct",
    { changeMainProduct: account, to: nameOf("mainProduct") },
    ({ changeMainProduct, to }) => ({
      action: { kind: "changeMainProduct", account: changeMainProduct, mainProduct: to },
      whose: { account: changeMainProduct },
    }),
  ),
  addAlias: step("addAlias", { addAlias: account, alias: text }, ({ addAlias, alias }) => ({
    action: { kind: "addAlias", account: addAlias, alias },
    whose: { account: addAlias },
  })),
  removeAlias: step("removeAlias", { removeAlias: account, alias: text }, ({ removeAlias, alias }) => ({
    action: { kind: "removeAlias", account: removeAlias, alias },
    whose: { account: removeAlias },
  })),
  closeAccount: step("closeAccount", { closeAccount: account }, ({ closeAccount }) => ({
    action: { kind: "closeAccount", account: closeAccount },
    whose: { account: closeAccount },
  })),
};
