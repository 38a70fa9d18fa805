import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { fastifyStatic } from "@fastify/static";
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { isConsole, isNavigation, pathOf } from "./cross-site.js";

/** Where `npm run build` puts the console: beside the API's programs, or from its sources in specs. */
const FOLDER = fileURLToPath(
  new URL(import.meta.url.includes("/dist/") ? "../../../console/" : "../../../dist/console/", import.meta.url),
);
const YEAR_S = 31_536_000;

/** Our own files, and requests to ourselves. Styles that a component writes have the nonce of the page. */
const policyWith = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");

/** Whether a browser opens an address that is a page of the console: `/`, and whatever nothing else is served at. */
export const wantsConsole = (request: FastifyRequest): boolean => {
  const { method, headers } = request;
  if (method !== "GET" && method !== "HEAD") return false;
  return isConsole(pathOf(request)) && (isNavigation(request) || (headers.accept?.includes("text/html") ?? false));
};

/** Answers with the console's page, whatever address of it is opened: its router shows what belongs there. */
export type SendConsole = (reply: FastifyReply) => Promise<FastifyReply>;

/** What this installation has besides; the console's page is told so. */
interface Offered {
  /** People sign in at an OpenID provider. */
  readonly openId: boolean;
  /** The page for trying operations. */
  readonly graphqlPage: boolean;
}

/**
 * Serves the console: its page fresh for each load, with a nonce of its own, its files for ever, since their names
 * change with them.
 *
 * @returns how to answer with the page
 */
export const serveConsole = (server: FastifyInstance, { openId, graphqlPage }: Offered): SendConsole => {
  void server.register(fastifyStatic, {
    root: `${FOLDER}assets`,
    prefix: "/assets/",
    index: false,
    immutable: true,
    maxAge: YEAR_S * 1000,
    decorateReply: false,
  });
  // Read when first looked at: an API whose pages were never built answers its operations.
  let page: Promise<string> | undefined;
  const send: SendConsole = async (reply) => {
    page ??= readFile(`${FOLDER}index.html`, "utf8");
    const made = await page.catch(() => {
      page = undefined;
      return UNBUILT;
    });
    const nonce = randomBytes(16).toString("base64url");
    return reply
      .header("content-security-policy", policyWith(nonce))
      .header("cache-control", "no-store")
      .type("text/html; charset=utf-8")
      .send(
        made
          .replace("CSP-NONCE", nonce)
          .replace("OPENID", openId ? "yes" : "no")
          .replace("GRAPHQL-PAGE", graphqlPage ? "yes" : "no"),
      );
  };
  server.get("/", (_request, reply) => send(reply));
  return send;
};

const UNBUILT = "<!doctype html><title>Tenure</title><p>The console is not built: npm run build.</p>";
