import { type IncomingHttpHeaders } from "node:http";
import { type Caller } from "#application/access/caller.js";
import { Authenticator } from "../http/authentication/authenticator.js";
import { Bearer } from "../http/authentication/bearer.js";
import { StartToken } from "../http/authentication/start-token.js";

/** Header of specs: the caller that a request is to come from, as JSON. */
const SAID = "spec-caller";

/** The headers by which a spec's request comes from this caller. */
export const headersOf = (caller: Caller): Readonly<Record<string, string>> => ({ [SAID]: JSON.stringify(caller) });

/** The token of operators that the servers of specs are started with. */
export const OPERATOR_TOKEN = "operators-of-specs-come-in-with-this";

/** The header by which a request of a spec comes in. */
export const bearer = (token = OPERATOR_TOKEN) => ({ authorization: `Bearer ${token}` });

/**
 * Believes what a spec's request says of its caller, else asks for the token of operators as a server outside of specs
 * does. Specs of what lets in have servers with credentials of their own (keys.int.spec.ts).
 */
export class SaidCallers extends Authenticator {
  private readonly bearer = new Bearer([new StartToken(OPERATOR_TOKEN)]);

  override caller(headers: Readonly<IncomingHttpHeaders>): Promise<Caller> {
    const said = headers[SAID];
    return said === undefined ? this.bearer.caller(headers) : Promise.resolve(JSON.parse(String(said)) as Caller);
  }
}
