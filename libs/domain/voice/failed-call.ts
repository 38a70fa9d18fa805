import { type RefusalPrompt } from "./route-call.js";

/** Why a call failed (docs/voice.md#failed-calls). Edges write these words into their journals. */
export const failureReasons = [
  "UNKNOWN_NUMBER",
  "SUSPENDED",
  "NOT_IN_SERVICE",
  "FORBIDDEN",
  "MAX_CALLS",
  "BILLING_SILENT",
  "TAKEN_BACK",
  "REDIRECTION",
  "NOT_REACHED",
  "NO_ANSWER",
  "CALLED_SIDE",
] as const;
export type FailureReason = (typeof failureReasons)[number];

/** Of a call that is refused with a recording. */
export const reasonOfPrompt: Readonly<Record<RefusalPrompt, FailureReason>> = {
  "unknown-number": "UNKNOWN_NUMBER",
  suspended: "SUSPENDED",
  paused: "NOT_IN_SERVICE",
  forbidden: "FORBIDDEN",
};
