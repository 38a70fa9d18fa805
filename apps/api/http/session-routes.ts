import { type FastifyInstance } from "fastify";
import { type Caller } from "#application/access/caller.js";
import { type Log } from "../core/log.js";
import { fail } from "./answers.js";
import { type Authenticator } from "./authentication/authenticator.js";
import { type Cookie } from "./authentication/session-cookie.js";
import { type Sessions } from "./authentication/sessions.js";

export const SESSION = "/session";

export interface SessionRoutes {
  /** Lets in by token only: what a session is made of. */
  readonly bearer: Authenticator;
  /** Lets in by token or session. */
  readonly authenticator: Authenticator;
  readonly sessions: Sessions;
  readonly cookie: Cookie;
  readonly log: Log;
}

/**
 * The session of a browser: POST with a token begins one, GET tells whose it is, DELETE ends it. The front door asks
 * for a header of our own on all of them.
 */
export const serveSessions = (server: FastifyInstance, routes: SessionRoutes): void => {
  const { bearer, authenticator, sessions, cookie, log } = routes;
  void server.register((scope, _options, done) => {
    scope.setErrorHandler((error, _request, reply) => fail(reply, error, log));
    scope.addHook("onSend", async (_request, reply) => {
      void reply.header("cache-control", "no-store");
    });
    scope.get(SESSION, async ({ headers }) => shown(await authenticator.caller(headers)));
    scope.post(SESSION, async ({ headers }, reply) => {
      const caller = await bearer.caller(headers);
      const before = cookie.of(headers);
      if (before !== undefined) await sessions.end(before);
      void reply.header("set-cookie", cookie.given(await sessions.begin(caller)));
      return shown(caller);
    });
    scope.delete(SESSION, async ({ headers }, reply) => {
      const id = cookie.of(headers);
      if (id !== undefined) await sessions.end(id);
      return reply.header("set-cookie", cookie.taken()).code(204).send();
    });
    done();
  });
};

/** As a page reads it. */
const shown = ({ actor, roles, providerId, customerId }: Caller) => ({ actor, roles, providerId, customerId });
