import { type Socket } from "node:net";
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { operationFault } from "./operations.js";
import { type HttpCode, httpRefusal, type HttpRefusal, refusalBody, refusalOf } from "../graphql/refusals.js";

const GRAPHQL = "/graphql";
const PAGE = "/altair/";
/** Whoever names another host reached us through a name of his own making (DNS rebinding). */
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** For probes and Prometheus, which come under whatever name they know; they tell nothing about customers. */
const MONITORING = new Set(["/health", "/live", "/ready", "/metrics"]);

/** What the web server itself refuses, for its options: in the shape of GraphQL's answers, as everything else. */
export const refusingOptions = {
  // The front door says it.
  return503OnClosing: false,
  frameworkErrors: (error: Error, _request: FastifyRequest, reply: FastifyReply): void => {
    send(reply, refusalOf(error) ?? httpRefusal("BAD_REQUEST"));
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

const send = (reply: FastifyReply, refusal: HttpRefusal): FastifyReply =>
  reply.code(refusal.status).type("application/json; charset=utf-8").send(refusalBody(refusal));

/** Before any route: who may come in, and where browsers go. */
export const frontDoor = (server: FastifyInstance): void => {
  let closing = false;
  server.addHook("preClose", (done) => {
    closing = true;
    done();
  });
  server.addHook("onRequest", async (request, reply) => {
    const { host = "", origin } = request.headers;
    const refuse = (code: HttpCode) => send(reply, httpRefusal(code));
    const isNamed = LOOPBACK.test(host) || MONITORING.has(pathOf(request));
    if (!isNamed || (origin !== undefined && !isOwn(origin))) return refuse("FORBIDDEN");
    if (closing) return refuse("UNAVAILABLE");
    if (wantsPage(request)) return reply.redirect(PAGE);
    if (pathOf(request) === GRAPHQL && !OPERATED.includes(request.method)) {
      void reply.header("allow", OPERATED.join(", "));
      return refuse("METHOD_NOT_ALLOWED");
    }
    return request.is404 ? refuse("NOT_FOUND") : undefined;
  });
  // Once the body is read, before it is checked against a schema, which changes it.
  server.addHook("preValidation", (request, _reply, done) => {
    done(pathOf(request) === GRAPHQL ? operationFault(request) : undefined);
  });
  // Made when first looked at: it would cost the start a fifth of a second, and most never look.
  let page: Promise<FastifyInstance> | undefined;
  server.get(`${PAGE}*`, async (request, reply) => {
    page ??= graphqlPage();
    const made = await page;
    reply.hijack();
    made.routing(request.raw, reply.raw);
  });
  server.addHook("onClose", async () => {
    await (await page)?.close();
  });
};

const WELCOME = `# Ctrl-Enter runs the operation under the cursor. "Docs" describes every type and field.
# A request works as the default provider unless the header tenure-provider names another one.

{
  provider {
    name
    clock {
      now
      testClock
    }
  }
}
`;

/** Altair, with all its files from this process: it works without internet. */
const graphqlPage = async (): Promise<FastifyInstance> => {
  const { AltairFastify } = await import("altair-fastify-plugin");
  const page = fastify();
  // It would advertise a plugin that is loaded from elsewhere.
  page.addHook("onSend", (_request, reply, payload, done) => {
    const isPage = typeof payload === "string" && String(reply.getHeader("content-type")).startsWith("text/html");
    done(null, isPage ? payload.replace("</head>", "<style>app-banner { display: none; }</style></head>") : payload);
  });
  await page.register(AltairFastify, { path: PAGE, baseURL: PAGE, endpointURL: "/graphql", initialQuery: WELCOME });
  await page.ready();
  return page;
};

const isOwn = (origin: string): boolean => LOOPBACK.test(origin.replace(/^https?:\/\//i, ""));

/** The methods that operations are sent by. */
const OPERATED: readonly string[] = ["GET", "POST"];

const pathOf = ({ url }: FastifyRequest): string => url.split("?")[0] ?? "";

/** A browser that opens the address, as opposed to a client that asks it something. */
const wantsPage = (request: FastifyRequest): boolean => {
  const { method, url, headers } = request;
  const path = pathOf(request);
  if (method !== "GET" || url.includes("query=")) return false;
  if (path === "/" || `${path}/` === PAGE) return true;
  return path === GRAPHQL && (headers.accept?.includes("text/html") ?? false);
};
