import { type Role } from "#application/access/roles.js";
import { type Client } from "./client.js";

/**
 * Clients of callers with these roles in a provider, whom the servers of specs believe; a person of self-care is one of
 * the customer.
 * @param provider a client of the provider
 */
export const callersOf =
  (provider: Client, customerId: string) =>
  (...roles: Role[]): Client =>
    provider.by({
      ...{ actor: `key:${roles.join()}`, roles, providerId: provider.providerId ?? "" },
      customerId: roles.includes("self-care") ? customerId : null,
    });
