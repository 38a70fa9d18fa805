import { type IncomingMessage } from "node:http";
import { type Asked, BACK, isForm, listen, type Sent } from "../listening.js";
import { notFound, refusable, type Reply } from "./answers.js";
import { control } from "./control.js";
import { FakeZendesk, type Options } from "./fake.js";
import { isObject, type Json, jsonOf } from "./input.js";
import { organizationPage, overview, ticketPage } from "./pages.js";

/** A fake that listens; `close` ends it, open connections included. */
export type RunningFakeZendesk = FakeZendesk & { close(): Promise<void> };

/** Starts a fake Zendesk on 127.0.0.1. */
export const startFakeZendesk = (options: Options = {}): Promise<RunningFakeZendesk> =>
  listen(options.port ?? 0, (url) => new FakeZendesk(url, options), answer);

const answer = async (fake: FakeZendesk, { request, text }: Asked): Promise<Sent | undefined> => {
  const url = new URL(request.url ?? "/", fake.url);
  return url.pathname.startsWith("/api/v2/")
    ? fake.api(request, url, text)
    : refusable(() => beside(fake, request, url, text));
};

/** What is not the API: the pages, and `/_fake`. A form is led back to the page. */
const beside = (fake: FakeZendesk, request: IncomingMessage, url: URL, text: string): Reply => {
  const method = request.method ?? "GET";
  const { pathname } = url;
  if (pathname.startsWith("/_fake/")) {
    const json = isForm(request) ? Object.fromEntries(new URLSearchParams(text)) : jsonOf(text);
    const body: Json = isObject(json) ? json : {};
    const reply = control(fake, method, pathname, body);
    return isForm(request) ? BACK : reply;
  }
  if (method !== "GET") throw notFound();
  if (pathname === "/") return { status: 200, body: overview(fake) };
  const [, kind, id] = /^\/agent\/(tickets|organizations)\/(\d+)$/.exec(pathname) ?? [];
  if (kind === "tickets") return { status: 200, body: ticketPage(fake.state, Number(id)) };
  if (kind === "organizations") return { status: 200, body: organizationPage(fake.state, Number(id)) };
  throw notFound();
};
