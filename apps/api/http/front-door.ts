import { AltairFastify } from "altair-fastify-plugin";
import { type FastifyInstance, type FastifyRequest } from "fastify";

const PAGE = "/altair";
/** Whoever names another host reached us through a name of his own making (DNS rebinding). */
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** Before any route: who may come in, and where browsers go. */
export const frontDoor = async (fastify: FastifyInstance): Promise<void> => {
  fastify.addHook("onRequest", async (request, reply) => {
    const { host = "", origin } = request.headers;
    if (!LOOPBACK.test(host) || (origin !== undefined && !isOwn(origin))) {
      return reply.code(403).send({ message: "The API serves this machine only, until it knows identities." });
    }
    if (wantsPage(request)) return reply.redirect(`${PAGE}/`);
    return undefined;
  });
  // All its files come from this process: it works without internet.
  await fastify.register(AltairFastify, { path: `${PAGE}/`, baseURL: `${PAGE}/`, endpointURL: "/graphql" });
};

const isOwn = (origin: string): boolean => LOOPBACK.test(origin.replace(/^https?:\/\//i, ""));

/** A browser that opens the address, as opposed to a client that asks it something. */
const wantsPage = ({ method, url, headers }: FastifyRequest): boolean => {
  const path = url.split("?")[0] ?? "";
  if (method !== "GET" || (path !== "/" && path !== "/graphql" && path !== PAGE)) return false;
  return path !== "/graphql" || (!url.includes("query=") && (headers.accept?.includes("text/html") ?? false));
};
