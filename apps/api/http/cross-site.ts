import { type FastifyRequest } from "fastify";
import { type OwnAddress } from "./own-address.js";

/** A request that carries it was made by a program, or by a script of our own pages: a form or a link cannot. */
export const OWN_HEADER = "tenure-request";

export const pathOf = ({ url }: Pick<FastifyRequest, "url">): string => url.split("?")[0] ?? "";

/** What is served besides the console's pages. */
const NO_CONSOLE = /^\/(graphql|altair|docs|health|live|ready|metrics|session|documents|exports|events|assets)(\/|$)/;

/** Whether an address is a page of the console, or one that nothing is at. */
export const isConsole = (path: string): boolean => !NO_CONSOLE.test(path);

/** Further addresses that other sites may lead a browser to: pages, which do nothing by being opened. */
const PAGES = /^\/(graphql|session\/oidc(\/callback)?|(altair|documents)\/.*)$/;

/**
 * Whether a page of another origin sends the request, as its browser says (`origin`, `sec-fetch-site`). Another port of
 * the same machine is another origin. @param host of the request, a name of ours
 */
export const isCrossSite = (request: FastifyRequest, address: OwnAddress, host: string): boolean => {
  const { origin, "sec-fetch-site": site } = request.headers;
  if (origin !== undefined && origin !== address.origin(host)) return true;
  if (site === undefined || site === "same-origin" || site === "none") return false;
  return !isNavigation(request);
};

/** A browser's window that is led to a page, as opposed to a request by a script, a form or a part of a page. */
export const isNavigation = (request: FastifyRequest): boolean => {
  const { "sec-fetch-mode": mode, "sec-fetch-dest": destination } = request.headers;
  const path = pathOf(request);
  const isWindow = request.method === "GET" && mode === "navigate" && destination === "document";
  return isWindow && (isConsole(path) || (PAGES.test(path) && !request.url.includes("query=")));
};
