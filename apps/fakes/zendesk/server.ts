import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { notFound, refusable, type Reply } from "./answers.js";
import { control } from "./control.js";
import { FakeZendesk, type Options } from "./fake.js";
import { headerOf, isObject, type Json, jsonOf } from "./input.js";
import { organizationPage, overview, ticketPage } from "./pages.js";

const HTML = "text/html; charset=utf-8";

/** A fake that listens; `close` ends it, open connections included. */
export type RunningFakeZendesk = FakeZendesk & { close(): Promise<void> };

/** Starts a fake Zendesk on 127.0.0.1. */
export const startFakeZendesk = async (options: Options = {}): Promise<RunningFakeZendesk> => {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const fake = new FakeZendesk(`http://127.0.0.1:${port}`, options);
  server.on("request", (request, response) => {
    // A fault of the fake itself ends the connection, not the program.
    respond(fake, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  return Object.assign(fake, {
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
};

const respond = async (fake: FakeZendesk, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const text = await bodyOf(request);
  const url = new URL(request.url ?? "/", fake.url);
  const reply = url.pathname.startsWith("/api/v2/")
    ? await fake.api(request, url, text)
    : refusable(() => beside(fake, request, url, text));
  if (reply === undefined) {
    response.destroy();
    return;
  }
  const isText = typeof reply.body === "string";
  response.writeHead(reply.status, {
    "content-type": isText ? HTML : "application/json; charset=utf-8",
    ...reply.headers,
  });
  response.end(reply.body === undefined ? undefined : isText ? reply.body : JSON.stringify(reply.body));
};

/** What is not the API: the pages, and `/_fake`. A form is led back to the page. */
const beside = (fake: FakeZendesk, request: IncomingMessage, url: URL, text: string): Reply => {
  const method = request.method ?? "GET";
  const { pathname } = url;
  if (pathname.startsWith("/_fake/")) {
    const isForm = headerOf(request, "content-type")?.startsWith("application/x-www-form-urlencoded") ?? false;
    const json = isForm ? Object.fromEntries(new URLSearchParams(text)) : jsonOf(text);
    const body: Json = isObject(json) ? json : {};
    const reply = control(fake, method, pathname, body);
    return isForm ? { status: 303, headers: { location: "/" } } : reply;
  }
  if (method !== "GET") throw notFound();
  if (pathname === "/") return { status: 200, body: overview(fake) };
  const [, kind, id] = /^\/agent\/(tickets|organizations)\/(\d+)$/.exec(pathname) ?? [];
  if (kind === "tickets") return { status: 200, body: ticketPage(fake.state, Number(id)) };
  if (kind === "organizations") return { status: 200, body: organizationPage(fake.state, Number(id)) };
  throw notFound();
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
};
