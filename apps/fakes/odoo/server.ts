import { type Asked, BACK, isForm, listen, type Sent } from "../listening.js";
import { FakeOdoo, isObject, jsonOf, type Options } from "./fake.js";
import { faultOf } from "./faults.js";
import { overview } from "./page.js";
import { type Reply } from "./replies.js";

/** A fake that listens; `close` ends it, open connections included. */
export type RunningFakeOdoo = FakeOdoo & { close(): Promise<void> };

/** Starts a fake Odoo on 127.0.0.1. */
export const startFakeOdoo = (options: Options = {}): Promise<RunningFakeOdoo> =>
  listen(options.port ?? 0, (url) => new FakeOdoo(url, options), answer);

const answer = async (fake: FakeOdoo, { request, text }: Asked): Promise<Sent | undefined> => {
  const { method = "GET", headers } = request;
  const path = new URL(request.url ?? "/", fake.url).pathname;
  const reply =
    beside(fake, method, path, isForm(request) ? formOf(text) : jsonOf(text)) ??
    (await fake.answer({
      ...{ method, path, text },
      authorization: headers.authorization ?? "",
      database: headerOf(headers["x-odoo-database"]),
    }));
  return reply && isForm(request) ? BACK : reply;
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
