import { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { type PersonPlace, personOf } from "#application/people/person-streams.js";
import { type Log } from "../core/log.js";
import { fail } from "./answers.js";
import { type OpenId, ProviderUnavailable } from "./authentication/open-id.js";
import { type Cookie } from "./authentication/session-cookie.js";
import { type Sessions } from "./authentication/sessions.js";
import { type OwnAddress } from "./own-address.js";

export const OPEN_ID = "/session/oidc";
const CALLBACK = `${OPEN_ID}/callback`;
/** Where a person of a customer, who has a session, makes an account at the provider its own. */
export const LINK_ACCOUNT = `${OPEN_ID}/account`;

export interface OpenIdRoutes {
  readonly openId: OpenId;
  readonly sessions: Sessions;
  /** Of sessions. */
  readonly cookie: Cookie;
  /** Of sign-ins under way. */
  readonly signInCookie: Cookie;
  readonly address: OwnAddress;
  readonly log: Log;
}

/** Leads a browser to the OpenID provider, and takes it back, with a session where the provider confirms who it is. */
export const serveOpenId = (server: FastifyInstance, routes: OpenIdRoutes): void => {
  const { openId, sessions, cookie, signInCookie, address, log } = routes;
  const callbackOf = ({ headers: { host = "" } }: FastifyRequest) => `${address.origin(host)}${CALLBACK}`;
  void server.register((scope, _options, done) => {
    scope.setErrorHandler((error, _request, reply) => {
      if (error instanceof ProviderUnavailable) return reply.redirect("/#unavailable", 303);
      return fail(reply, error, log);
    });
    scope.addHook("onSend", async (_request, reply) => {
      void reply.header("cache-control", "no-store");
    });
    const lead = async (request: FastifyRequest, reply: FastifyReply, person: PersonPlace | null) => {
      const { id, location } = await openId.begin(callbackOf(request), cookie.of(request.headers), person);
      return reply.header("set-cookie", signInCookie.given(id)).redirect(location, 303);
    };
    scope.get(OPEN_ID, (request, reply) => lead(request, reply, null));
    scope.get(LINK_ACCOUNT, async (request, reply) => {
      const id = cookie.of(request.headers);
      const caller = id === undefined ? null : await sessions.callerOf(id);
      const person = caller && personOf(caller);
      return person ? lead(request, reply, person) : reply.redirect("/#refused", 303);
    });
    scope.get(CALLBACK, async (request, reply) => {
      const id = signInCookie.of(request.headers);
      const { search } = new URL(request.url, "http://localhost");
      const signedIn = id === undefined ? null : await openId.finish(id, new URL(`${callbackOf(request)}${search}`));
      const over = signInCookie.taken();
      if (signedIn === null) return reply.header("set-cookie", over).redirect("/#refused", 303);
      const given = cookie.given(await sessions.replace(signedIn.before, signedIn.caller));
      return reply.header("set-cookie", [over, given]).redirect("/", 303);
    });
    done();
  });
};
