import { type Action } from "../actions.js";
import { ACCOUNT_STEPS } from "./steps/accounts.js";
import { CATALOG_STEPS } from "./steps/catalog.js";
import { COLLECTION_STEPS } from "./steps/collection.js";
import { COMMITMENT_STEPS } from "./steps/commitments.js";
import { CUSTOMER_STEPS } from "./steps/customers.js";
import { PAUSE_STEPS } from "./steps/pauses.js";
import { RECEIVABLES_STEPS } from "./steps/receivables.js";
import { SCHEDULED_STEPS } from "./steps/scheduled.js";
import { type StepSchemas, type WrittenStep } from "./steps/step.js";
import { TICKET_STEPS } from "./steps/tickets.js";
import { UPGRADE_STEPS } from "./steps/upgrades.js";
import { VOICE_STEPS } from "./steps/voice.js";
import { date, mapping } from "./values.js";

/** The kinds of steps that can be played, each with its schema. */
export const KINDS: StepSchemas<Exclude<Action, { readonly kind: "moveClock" }>> = {
  ...COMMITMENT_STEPS,
  ...PAUSE_STEPS,
  ...UPGRADE_STEPS,
  ...CATALOG_STEPS,
  ...ACCOUNT_STEPS,
  ...CUSTOMER_STEPS,
  ...RECEIVABLES_STEPS,
  ...COLLECTION_STEPS,
  ...SCHEDULED_STEPS,
  ...TICKET_STEPS,
  ...VOICE_STEPS,
};

export type StepKind = keyof typeof KINDS;

/** A step without a command: it only advances the clock. */
export const moveClock = mapping({ on: date }).transform(({ on }): WrittenStep => ({
  on,
  effective: undefined,
  reason: undefined,
  rejected: undefined,
  action: { kind: "moveClock" },
  whose: null,
}));
