import { reject } from "#domain/rejection.js";
import { type Origin } from "#event-store/event.js";
import { type Caller } from "../access/caller.js";

/** On whose behalf a command is executed. */
export interface Principal extends Caller {
  /** uuid of the provider. No command refers to another provider. */
  readonly providerId: string;
  readonly origin: Origin;
  /** Id of the request, in every event that it causes and in log lines. */
  readonly correlationId: string;
}

/** The only place where roles are checked. @throws Rejection FORBIDDEN */
export const authorise = ({ roles, actor }: Principal, name: string): void => {
  if (roles.includes("operator")) return;
  throw reject("FORBIDDEN", `${actor} may not give the command ${name}.`);
};
