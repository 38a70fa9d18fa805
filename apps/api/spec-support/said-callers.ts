import { type IncomingHttpHeaders } from "node:http";
import { type Caller } from "#application/access/caller.js";
import { Authenticator } from "../http/authentication/authenticator.js";
import { NobodyAsked } from "../http/authentication/nobody-asked.js";

/** Header of specs: the caller that a request is to come from, as JSON. */
const SAID = "spec-caller";

/** The headers by which a spec's request comes from this caller. */
export const headersOf = (caller: Caller): Readonly<Record<string, string>> => ({ [SAID]: JSON.stringify(caller) });

/** Believes what a spec's request says of its caller; whoever says nothing is `local`, as where nobody is asked. */
export class SaidCallers extends Authenticator {
  private readonly nobodyAsked = new NobodyAsked();

  override caller(headers: Readonly<IncomingHttpHeaders>): Promise<Caller> {
    const said = headers[SAID];
    return said === undefined ? this.nobodyAsked.caller() : Promise.resolve(JSON.parse(String(said)) as Caller);
  }
}
