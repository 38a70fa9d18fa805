import { type Action } from "../actions.js";
import { ACCOUNT_STEPS } from "./kinds/accounts.js";
import { CATALOG_STEPS } from "./kinds/catalog.js";
import { COMMITMENT_STEPS } from "./kinds/commitments.js";
import { CUSTOMER_STEPS } from "./kinds/customers.js";
import { PAUSE_STEPS } from "./kinds/pauses.js";
import { type StepKinds } from "./kinds/step-kind.js";
import { UPGRADE_STEPS } from "./kinds/upgrades.js";

/** The kinds of steps that can be played, each with its reader. */
export const KINDS: StepKinds<Exclude<Action, { readonly kind: "moveClock" }>> = {
  ...COMMITMENT_STEPS,
  ...PAUSE_STEPS,
  ...UPGRADE_STEPS,
  ...CATALOG_STEPS,
  ...ACCOUNT_STEPS,
  ...CUSTOMER_STEPS,
};
