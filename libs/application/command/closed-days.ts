import { type ClosedDays } from "#domain/customers/closed-days.js";
import { type Provider } from "#domain/providers/provider.js";

/** Input of the commands that a person may have to give a reason for (access/reasons.ts says when). */
export interface Reason {
  readonly reason?: string | null;
}

/** How far back a command may change closed days: as far as its provider allows. */
export const closedDaysOf = (input: object, { backDatingDays }: Pick<Provider, "backDatingDays">): ClosedDays => {
  const given: unknown = "reason" in input ? input.reason : null;
  const reason = typeof given === "string" ? given.trim() : "";
  return { backDatingDays, reason: reason === "" ? null : reason };
};
