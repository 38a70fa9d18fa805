import { type IncomingHttpHeaders } from "node:http";
import { type Caller } from "#application/access/caller.js";
import { httpRefusal, Refused } from "../../graphql/refusals.js";
import { Authenticator } from "./authenticator.js";

/** One kind of tokens. */
export interface TokenKind {
  /**
   * Whose token it is; null: it is none of this kind, or one that does not count.
   * @throws Unavailable where that cannot be found out now
   */
  callerOf(token: string): Promise<Caller | null>;
}

/** Tokens of OpenID providers name many claims; Node takes headers of 16 KB at most, all together. */
const FORM = /^bearer +([\w.~+/-]+=*)$/i;

/** Lets in whoever sends a token that counts: `Authorization: Bearer …`. */
export class Bearer extends Authenticator {
  constructor(private readonly kinds: readonly TokenKind[]) {
    super();
  }

  override async caller({ authorization }: Readonly<IncomingHttpHeaders>): Promise<Caller> {
    if (authorization === undefined) throw new Refused(httpRefusal("UNAUTHENTICATED"));
    const [, token] = FORM.exec(authorization.trim()) ?? [];
    if (token === undefined) throw refused("The header authorization is not: Bearer, a space, and a token.");
    for (const kind of this.kinds) {
      const caller = await kind.callerOf(token);
      if (caller) return caller;
    }
    // One sentence, whatever is wrong with it: whoever tries tokens learns nothing. The log knows more of some.
    throw refused("The token is not one that counts here: it is not known, was revoked, or has expired.");
  }
}

const refused = (message: string): Refused => new Refused(httpRefusal("UNAUTHENTICATED", message));
