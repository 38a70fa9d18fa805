import { reject } from "#domain/rejection.js";
import { type Origin } from "#event-store/event.js";

/** What a principal may do. Until identities exist, whoever reaches the API may give every command. */
export type Role = "owner";

/** On whose behalf a command runs. */
export interface Principal {
  /** uuid of the provider that it works as. Nothing crosses providers. */
  readonly providerId: string;
  /** Who asks; part of the command's identity. */
  readonly actor: string;
  readonly roles: readonly Role[];
  readonly origin: Origin;
  /** Of the request: in every event that it causes, and in the log. */
  readonly correlationId: string;
}

/**
 * The one place where roles are asked.
 * @throws Rejection FORBIDDEN
 */
export const authorise = ({ roles, actor }: Principal, name: string): void => {
  if (roles.includes("owner")) return;
  throw reject("FORBIDDEN", `${actor} may not give the command ${name}.`);
};
