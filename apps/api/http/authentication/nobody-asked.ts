import { type Caller } from "#application/access/caller.js";
import { Authenticator } from "./authenticator.js";

/** The operator of the installation itself, who started it. */
export const LOCAL: Caller = { actor: "local", roles: ["operator"], providerId: null, customerId: null };

/** Asks nobody who he is: whoever reaches this machine's loopback is `local`, an operator. */
export class NobodyAsked extends Authenticator {
  override caller(): Promise<Caller> {
    return Promise.resolve(LOCAL);
  }
}
