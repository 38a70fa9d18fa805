import { reject } from "#domain/rejection.js";
import { type Origin } from "#event-store/event.js";

/** Role of a principal. Until identities exist, every client of the API may give every command. */
export type Role = "owner";

/** On whose behalf a command is executed. */
export interface Principal {
  /** uuid of the provider. No command refers to another provider. */
  readonly providerId: string;
  /** Who gives the command; part of the command's identity. */
  readonly actor: string;
  readonly roles: readonly Role[];
  readonly origin: Origin;
  /** Id of the request, in every event that it causes and in log lines. */
  readonly correlationId: string;
}

/** The only place where roles are checked. @throws Rejection FORBIDDEN */
export const authorise = ({ roles, actor }: Principal, name: string): void => {
  if (roles.includes("owner")) return;
  throw reject("FORBIDDEN", `${actor} may not give the command ${name}.`);
};
