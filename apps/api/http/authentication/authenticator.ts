import { type IncomingHttpHeaders } from "node:http";
import { type Caller } from "#application/access/caller.js";

/** Finds out who sends a request. */
export abstract class Authenticator {
  /** @throws Refused UNAUTHENTICATED where nothing, or nothing that is valid, says who asks */
  abstract caller(headers: Readonly<IncomingHttpHeaders>): Promise<Caller>;
}
