import { reject } from "#domain/rejection.js";
import { type Origin } from "#event-store/event.js";
import { type MutationName } from "../access/access.js";
import { type Caller } from "../access/caller.js";
import { rolesGiving } from "../access/rights.js";
import { type Role } from "../access/roles.js";

/** On whose behalf a command is executed. */
export interface Principal extends Caller {
  /** uuid of the provider. No command refers to another provider. */
  readonly providerId: string;
  readonly origin: Origin;
  /** Id of the request, in every event that it causes and in log lines. */
  readonly correlationId: string;
}

/** Roles of a principal, of which there is at least one. */
export type Allowing = readonly [Role, ...Role[]];

/**
 * Checks whether the principal may give a command, or ask for another mutation. A command that the table of access.ts
 * does not name does not compile.
 * @returns its roles that allow it, in the order of roles.ts
 * @throws Rejection FORBIDDEN
 */
export const authorise = (principal: Principal, name: MutationName): Allowing => {
  const [first, ...others] = rolesGiving(principal, name);
  if (first === undefined) throw reject("FORBIDDEN", `${principal.actor} may not give the command ${name}.`);
  return [first, ...others];
};
