import { reject } from "./rejection.js";

/** What is never done without a reason, by command. One that lacks it is malformed: that is told before anything else. */
export const doneWithReason = {
  suspendCustomer: "A customer is suspended",
  unsuspendCustomer: "A suspension is lifted",
  declinePause: "A request is declined",
  annulCommitment: "A commitment is annulled",
  voidInvoice: "An invoice is voided",
  reversePayment: "A payment is reversed",
  issueGoodwillCredit: "Goodwill is credited",
  writeOffInvoice: "An invoice is written off",
  correctCalls: "Calls are corrected",
  quarantineEvent: "An event is quarantined",
} as const;

/**
 * Why something is done, where it is only done with a reason (docs/rules.md#reasons).
 * @param reason in the words of a person; null: none was given
 * @param what what needs it: "An invoice is written off"
 * @throws Rejection VALIDATION_FAILED (reason)
 */
export const requireReason = (reason: string | null, what: string): string => {
  if (reason !== null) return reason;
  throw reject("VALIDATION_FAILED", `${what} with a reason.`, {
    field: "reason",
    facts: { case: "REASON_MISSING" },
  });
};
