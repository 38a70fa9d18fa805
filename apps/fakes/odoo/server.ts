import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { FakeOdoo, isObject, jsonOf, type Options } from "./fake.js";
import { faultOf } from "./faults.js";
import { overview } from "./page.js";
import { type Reply } from "./replies.js";

/** A fake that listens; `close` ends it, open connections included. */
export type RunningFakeOdoo = FakeOdoo & { close(): Promise<void> };

/** Starts a fake Odoo on 127.0.0.1. */
export const startFakeOdoo = async (options: Options = {}): Promise<RunningFakeOdoo> => {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const fake = new FakeOdoo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, options);
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

const respond = async (fake: FakeOdoo, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const text = await bodyOf(request);
  const { method = "GET", headers } = request;
  const path = new URL(request.url ?? "/", fake.url).pathname;
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  const reply =
    beside(fake, method, path, isForm ? formOf(text) : jsonOf(text)) ??
    (await fake.answer({
      ...{ method, path, text },
      authorization: headers.authorization ?? "",
      database: headerOf(headers["x-odoo-database"]),
    }));
  if (!reply) {
    response.destroy();
    return;
  }
  const isHtml = typeof reply.body === "string";
  const sent = isForm ? { status: 303, headers: { location: "/" } } : reply;
  response.writeHead(sent.status, {
    "content-type": isHtml ? "text/html; charset=utf-8" : "application/json; charset=utf-8",
    ...sent.headers,
  });
  response.end(isForm || reply.body === undefined ? undefined : isHtml ? reply.body : JSON.stringify(reply.body));
};

/**
 * What is not Odoo: the page, and `/_fake`. Undefined: it is Odoo that is asked.
 *
 * - `GET signals`, `GET requests`: what arrived.
 * - `POST faults` (see `Fault`), `DELETE faults`.
 * - `POST key {key}`: from now on only that key is accepted, as when one expires.
 * - `POST reset`: forgets everything.
 */
const beside = (fake: FakeOdoo, method: string, path: string, body: unknown): Reply | undefined => {
  if (path === "/" && method === "GET") return { status: 200, body: overview(fake) };
  if (!path.startsWith("/_fake/")) return undefined;
  const told = isObject(body) ? body : {};
  switch (`${method} ${path}`) {
    case "GET /_fake/signals":
      return { status: 200, body: { signals: fake.signals } };
    case "GET /_fake/requests":
      return { status: 200, body: { requests: fake.requests } };
    case "POST /_fake/faults":
      fake.faults.add(faultOf(told));
      return { status: 201, body: {} };
    case "DELETE /_fake/faults":
      fake.faults.clear();
      return { status: 204 };
    case "POST /_fake/key":
      if (typeof told["key"] === "string") fake.key = told["key"];
      return { status: 204 };
    case "POST /_fake/reset":
      fake.reset();
      return { status: 204 };
    default:
      return { status: 404, body: {} };
  }
};

/** Fields of a form, numbers as such. */
const formOf = (text: string): object =>
  Object.fromEntries(
    [...new URLSearchParams(text)].map(([name, value]) => [name, /^\d+$/.test(value) ? Number(value) : value]),
  );

const headerOf = (value: string | readonly string[] | undefined): string =>
  typeof value === "string" ? value : (value?.[0] ?? "");

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
};
