import { type BlockList, isIP, type Socket } from "node:net";
import rateLimit from "@fastify/rate-limit";
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { type HttpCode, httpRefusal, refusalBody, refusalOf } from "../graphql/refusals.js";
import { fail, refuse } from "./answers.js";
import { type OpenId } from "./authentication/open-id.js";
import { serveConsole, wantsConsole } from "./console.js";
import { isCrossSite, OWN_HEADER, pathOf } from "./cross-site.js";
import { PAGE, serveGraphqlPage } from "./graphql-page.js";
import { type LimitOptions, limitsOf } from "./limits.js";
import { operationFault } from "./operations.js";
import { type OpenIdRoutes, serveOpenId } from "./open-id-routes.js";
import { type OwnAddress } from "./own-address.js";
import { securityHeaders } from "./security-headers.js";
import { LINK, serveSessions, SESSION, type SessionRoutes } from "./session-routes.js";

const GRAPHQL = "/graphql";
const DOCUMENTS = "/documents/";

/** For probes, which come under whatever name they know; they tell nothing but yes or no. */
const PROBES = new Set(["/live", "/ready"]);

/** What the web server itself refuses, for its options: in the shape of GraphQL's answers, as everything else. */
export const refusingOptions = {
  // The front door says it.
  return503OnClosing: false,
  frameworkErrors: (error: Error, _request: FastifyRequest, reply: FastifyReply): void => {
    refuse(reply, refusalOf(error) ?? httpRefusal("BAD_REQUEST"));
  },
  clientErrorHandler: (error: Error & { readonly code?: string }, socket: Socket): void => {
    // Nobody is there any more, or the answer is on its way.
    if (error.code === "ECONNRESET" || !socket.writable || socket.bytesWritten > 0) {
      socket.destroy();
      return;
    }
    const isLarge = error.code === "HPE_HEADER_OVERFLOW";
    const body = JSON.stringify(refusalBody(httpRefusal(isLarge ? "REQUEST_TOO_LARGE" : "BAD_REQUEST")));
    const head = `HTTP/1.1 ${isLarge ? "431 Request Header Fields Too Large" : "400 Bad Request"}`;
    const type = "content-type: application/json; charset=utf-8";
    socket.end(`${head}\r\n${type}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`);
  },
} as const;

export interface Door extends SessionRoutes, LimitOptions, Omit<OpenIdRoutes, "openId"> {
  /** Whether the page for trying operations is served. */
  readonly graphqlPage: boolean;
  /** Null: people sign in by tokens only. */
  readonly openId: OpenId | null;
  readonly address: OwnAddress;
  /** The proxies that requests have to come through, which do TLS; null: requests come by themselves. */
  readonly proxies: BlockList | null;
}

/** Before any route: who may come in, and where browsers go. */
export const frontDoor = async (server: FastifyInstance, door: Door): Promise<void> => {
  await securityHeaders(server, door.address.secure);
  await server.register(rateLimit, { global: false });
  const limits = limitsOf(server, door);
  const sendConsole = serveConsole(server, { openId: door.openId !== null, graphqlPage: door.graphqlPage });
  let closing = false;
  server.addHook("preClose", (done) => {
    closing = true;
    done();
  });
  server.addHook("onRequest", async (request, reply) => {
    const { host = "" } = request.headers;
    const path = pathOf(request);
    const refused = (code: HttpCode, message?: string) => refuse(reply, httpRefusal(code, message));
    const isProbe = PROBES.has(path);
    if (!isProbe && !door.address.isHost(host)) return refused("FORBIDDEN");
    if (!isProbe && door.proxies && !isByProxy(request, door.proxies)) return refused("FORBIDDEN", PAST_PROXY);
    if (isCrossSite(request, door.address, host)) return refused("FORBIDDEN");
    if (closing) return refused("UNAVAILABLE");
    const seconds = isProbe ? null : await limits.wait(request);
    if (seconds !== null) {
      void reply.header("retry-after", String(seconds));
      return refused("RATE_LIMITED");
    }
    if (wantsPage(request, door)) return reply.redirect(path === GRAPHQL ? "/" : PAGE);
    if (path === GRAPHQL && !OPERATED.includes(request.method)) {
      void reply.header("allow", OPERATED.join(", "));
      return refused("METHOD_NOT_ALLOWED");
    }
    if (request.is404) return wantsConsole(request) ? sendConsole(reply) : refused("NOT_FOUND");
    if (lacksOwnHeader(request, door)) return refused("FORBIDDEN", WITHOUT_HEADER);
    if (path !== GRAPHQL && !path.startsWith(DOCUMENTS)) return undefined;
    try {
      await door.authenticator.caller(request.headers);
      limits.accepted(request);
      return undefined;
    } catch (error) {
      return fail(reply, error, door.log);
    }
  });
  // Once the body is read, before it is checked against a schema, which changes it.
  server.addHook("preValidation", (request, _reply, done) => {
    done(pathOf(request) === GRAPHQL ? operationFault(request) : undefined);
  });
  const { openId } = door;
  if (openId) serveOpenId(server, { ...door, openId });
  if (door.graphqlPage) serveGraphqlPage(server);
  serveSessions(server, door);
};

const PAST_PROXY = "Requests come over TLS, through the proxy that this server is told of.";

/** Whether it came from a proxy that did TLS, as far as that one says. */
const isByProxy = ({ socket, headers }: FastifyRequest, proxies: BlockList): boolean => {
  const { remoteAddress: address = "" } = socket;
  const isProxy = proxies.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
  return isProxy && (headers["x-forwarded-proto"] ?? "https") === "https";
};

const WITHOUT_HEADER = `Send the header ${OWN_HEADER}: 1, which no page of another origin can.`;

/** What a browser does by its cookie alone, a page of somebody else could have made it do. */
const lacksOwnHeader = (request: FastifyRequest, { cookie }: Door): boolean => {
  if (request.headers[OWN_HEADER] !== undefined) return false;
  const path = pathOf(request);
  const { authorization } = request.headers;
  return (
    path === SESSION ||
    path === LINK ||
    (path === GRAPHQL && authorization === undefined && cookie.of(request.headers) !== undefined)
  );
};

/** The methods that operations are sent by. */
const OPERATED: readonly string[] = ["GET", "POST"];

/** A browser that opens the address, as opposed to a client that asks it something. */
const wantsPage = (request: FastifyRequest, { graphqlPage }: Door): boolean => {
  const { method, url, headers } = request;
  const path = pathOf(request);
  if (method !== "GET" || url.includes("query=")) return false;
  if (`${path}/` === PAGE) return graphqlPage;
  return path === GRAPHQL && (headers.accept?.includes("text/html") ?? false);
};
