import { reject } from "./rejection.js";

/**
 * Why something is done, where it is only done with a reason (docs/rules.md#reasons).
 * @param reason in the words of a person; null: none was given
 * @param what what needs it: "An invoice is written off"
 * @throws Rejection VALIDATION_FAILED (reason)
 */
export const requireReason = (reason: string | null, what: string): string => {
  if (reason !== null) return reason;
  throw reject("VALIDATION_FAILED", `${what} with a reason.`, { field: "reason" });
};
