import { type Role } from "./roles.js";

/** Who asks, as a credential says, before a provider is named. */
export interface Caller {
  /** Recorded in every event of its commands, and part of a command's identity. */
  readonly actor: string;
  /** At least one. `self-care` stands alone. */
  readonly roles: readonly Role[];
  /** uuid of the provider that it belongs to; null: of none, an operator, who names one per request. */
  readonly providerId: string | null;
  /** uuid of the customer that a self-care user belongs to; null for all others. */
  readonly customerId: string | null;
}
