import { type IncomingHttpHeaders } from "node:http";
import { type Caller } from "#application/access/caller.js";
import { httpRefusal, Refused } from "../../graphql/refusals.js";
import { Authenticator } from "./authenticator.js";
import { type Cookie } from "./session-cookie.js";
import { type Sessions } from "./sessions.js";

/**
 * Lets in by token, or by the session of a browser. A token wins where there are both. Each request is asked about
 * once, however many parts of the program want to know.
 */
export class SessionAuthenticator extends Authenticator {
  private readonly asked = new WeakMap<Readonly<IncomingHttpHeaders>, Promise<Caller>>();

  constructor(
    /** Lets in by token; asked as well where there is neither token nor session. */
    private readonly bearer: Authenticator,
    private readonly sessions: Sessions,
    private readonly cookie: Cookie,
  ) {
    super();
  }

  override caller(headers: Readonly<IncomingHttpHeaders>): Promise<Caller> {
    const asked = this.asked.get(headers) ?? this.find(headers);
    this.asked.set(headers, asked);
    return asked;
  }

  private async find(headers: Readonly<IncomingHttpHeaders>): Promise<Caller> {
    const id = headers.authorization === undefined ? this.cookie.of(headers) : undefined;
    if (id === undefined) return this.bearer.caller(headers);
    const caller = await this.sessions.callerOf(id);
    if (caller) return caller;
    throw new Refused(httpRefusal("UNAUTHENTICATED", "The session has ended; sign in again."));
  }
}
