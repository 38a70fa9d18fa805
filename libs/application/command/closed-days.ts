import { type ClosedDays, REFUSE } from "#domain/customers/closed-days.js";
import { type Provider } from "#domain/providers/provider.js";
import { Rejection } from "#domain/rejection.js";
import { backDatingDaysOf } from "../access/rights.js";
import { type Role } from "../access/roles.js";
import { type Allowing } from "./principal.js";

/** Input of the commands that a person may have to give a reason for (access/reasons.ts says when). */
export interface Reason {
  readonly reason?: string | null;
}

/** How far back a role may date a command. */
export interface Permit {
  readonly role: Role;
  readonly closedDays: ClosedDays;
}

/**
 * How far back a command may change closed days: as far as its provider and the role that gives it allow. Of several
 * roles the first, and each that reaches further than those before it.
 * @param provider null: closed days do not concern the command
 */
export const permitsOf = (
  [first, ...others]: Allowing,
  input: object,
  provider: Pick<Provider, "backDatingDays"> | null,
): readonly [Permit, ...Permit[]] => {
  if (provider === null) return [{ role: first, closedDays: REFUSE }];
  const reason = reasonOf(input);
  const permitOf = (role: Role): Permit => {
    const backDatingDays = backDatingDaysOf(role, provider.backDatingDays);
    return { role, closedDays: { backDatingDays, reason } };
  };
  const permits: [Permit, ...Permit[]] = [permitOf(first)];
  for (const permit of others.map(permitOf)) {
    if (permits.every(({ closedDays }) => closedDays.backDatingDays < permit.closedDays.backDatingDays)) {
      permits.push(permit);
    }
  }
  return permits;
};

/** The reason that a command comes with; null: none, or a blank one. */
export const reasonOf = (input: object): string | null => {
  const given: unknown = "reason" in input ? input.reason : null;
  const reason = typeof given === "string" ? given.trim() : "";
  return reason === "" ? null : reason;
};

/** Decides by the first permit that reaches far enough back. @throws what deciding by the last one throws */
export const byFirstThatReaches = async <T>(
  [permit, ...further]: readonly [Permit, ...Permit[]],
  decide: (permit: Permit) => Promise<T>,
): Promise<T> => {
  try {
    return await decide(permit);
  } catch (error) {
    const [next, ...others] = further;
    if (!next || !(error instanceof Rejection) || error.code !== "DATE_ALREADY_INVOICED") throw error;
    return byFirstThatReaches([next, ...others], decide);
  }
};
