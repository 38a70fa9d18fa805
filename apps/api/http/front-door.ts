import { fastify, type FastifyInstance, type FastifyRequest } from "fastify";

const PAGE = "/altair/";
/** Whoever names another host reached us through a name of his own making (DNS rebinding). */
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** For probes and Prometheus, which come under whatever name they know; they tell nothing about customers. */
const MONITORING = new Set(["/health", "/live", "/ready", "/metrics"]);

/** Before any route: who may come in, and where browsers go. */
export const frontDoor = (server: FastifyInstance): void => {
  server.addHook("onRequest", async (request, reply) => {
    const { host = "", origin } = request.headers;
    const isNamed = LOOPBACK.test(host) || MONITORING.has(pathOf(request));
    if (!isNamed || (origin !== undefined && !isOwn(origin))) {
      return reply.code(403).send({ message: "The API serves this machine only, until it knows identities." });
    }
    if (wantsPage(request)) return reply.redirect(PAGE);
    return undefined;
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

/** A browser that opens the address, as opposed to a client that asks it something. */
const wantsPage = (request: FastifyRequest): boolean => {
  const { method, url, headers } = request;
  const path = pathOf(request);
  if (method !== "GET" || url.includes("query=")) return false;
  if (path === "/" || `${path}/` === PAGE) return true;
  return path === "/graphql" && (headers.accept?.includes("text/html") ?? false);
};

const pathOf = ({ url }: FastifyRequest): string => url.split("?")[0] ?? "";
