import { type IncomingHttpHeaders } from "node:http";
import { type FastifyInstance } from "fastify";
import { type Caller } from "#application/access/caller.js";
import { LINK_PREFIX } from "#application/people/link-secret.js";
import { type SignInLinks } from "#application/people/sign-in-links.js";
import { described, type Log } from "../core/log.js";
import { httpRefusal, Refused } from "../graphql/refusals.js";
import { fail, refuse } from "./answers.js";
import { linkRequests } from "./limits.js";
import { type Authenticator } from "./authentication/authenticator.js";
import { type Cookie } from "./authentication/session-cookie.js";
import { sessionHashOf, type Sessions } from "./authentication/sessions.js";

export const SESSION = "/session";
/** Where people of customers ask for a link by mail. */
export const LINK = `${SESSION}/link`;

export interface SessionRoutes {
  /** Lets in by token only: what a session is made of. */
  readonly bearer: Authenticator;
  /** Lets in by token or session. */
  readonly authenticator: Authenticator;
  readonly sessions: Sessions;
  readonly cookie: Cookie;
  /** Let in people of customers. */
  readonly links: SignInLinks;
  readonly log: Log;
}

/**
 * The session of a browser: POST with a token, or a link that came by mail, begins one, GET tells whose it is, DELETE ends it. The front door asks
 * for a header of our own on all of them.
 */
export const serveSessions = (server: FastifyInstance, routes: SessionRoutes): void => {
  const { bearer, authenticator, sessions, links, cookie, log } = routes;
  const limit = linkRequests(server);
  void server.register((scope, _options, done) => {
    scope.setErrorHandler((error, _request, reply) => fail(reply, error, log));
    scope.addHook("onSend", async (_request, reply) => {
      void reply.header("cache-control", "no-store");
    });
    scope.get(SESSION, async ({ headers }) => shown(await authenticator.caller(headers)));
    scope.post(SESSION, async ({ headers }, reply) => {
      const secret = linkIn(headers);
      const caller = secret === undefined ? await bearer.caller(headers) : await byLink(links, secret);
      void reply.header("set-cookie", cookie.given(await sessions.replace(sessionIn(cookie, headers), caller)));
      return shown(caller);
    });
    scope.delete(SESSION, async ({ headers }, reply) => {
      const session = sessionIn(cookie, headers);
      if (session !== null) await sessions.end(session);
      return reply.header("set-cookie", cookie.taken()).code(204).send();
    });
    scope.post(LINK, async (request, reply) => {
      const seconds = await limit(request);
      if (seconds !== null) {
        void reply.header("retry-after", String(seconds));
        return refuse(reply, httpRefusal("RATE_LIMITED"));
      }
      const email = emailIn(request.body);
      if (email === undefined) return refuse(reply, httpRefusal("BAD_REQUEST", 'Send {"email": "..."}, as JSON.'));
      const send = await links.asked(email);
      // Whether the address is somebody's is not to be seen, in the answer or in the time that it takes.
      setImmediate(() => {
        send().catch((error: unknown) => {
          log("sign-in link not sent", described(error));
        });
      });
      return reply.code(202).send({ accepted: true });
    });
    done();
  });
};

/** Hash of the id of the session that a browser has; null: none. */
const sessionIn = (cookie: Cookie, headers: Readonly<IncomingHttpHeaders>): Buffer | null => {
  const id = cookie.of(headers);
  return id === undefined ? null : sessionHashOf(id);
};

/** The secret of a link, which comes as a token does; undefined: there is none. */
const linkIn = ({ authorization = "" }: Readonly<IncomingHttpHeaders>): string | undefined => {
  const [scheme = "", secret = ""] = authorization.split(" ");
  return scheme.toLowerCase() === "bearer" && secret.startsWith(LINK_PREFIX) ? secret : undefined;
};

/** @throws Refused UNAUTHENTICATED */
const byLink = async (links: SignInLinks, secret: string): Promise<Caller> => {
  const caller = await links.exchange(secret);
  if (caller) return caller;
  throw new Refused(httpRefusal("UNAUTHENTICATED", "The link was used, or has expired; ask for another one."));
};

/** Characters of an address at most, as of e-mail addresses. */
const LONGEST = 254;

const emailIn = (body: unknown): string | undefined => {
  const { email } = (body ?? {}) as { readonly email?: unknown };
  return typeof email === "string" && email.length <= LONGEST ? email : undefined;
};

/** As a page reads it. */
const shown = ({ actor, roles, providerId, customerId }: Caller) => ({ actor, roles, providerId, customerId });
