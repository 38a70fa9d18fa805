import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Files } from "../../../apps/zendesk-app/package/app.js";
import { proxy, type Proxied, type Requested } from "./proxy.js";

/** Where the app is shown. */
export interface Place {
  readonly location: "organization_sidebar" | "ticket_sidebar";
  /** What `client.get` answers, by path; a path that is not named is an error there. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Width of the sidebar in pixels. */
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
}

export interface ZendeskHost {
  /** The page of Zendesk that shows the app there. */
  address(place: Place): string;
  /** Everything that its proxy was asked for, as the page said it. */
  readonly requested: Requested[];
  /** Answers for Tenure, until it is set to null; a promise lets the app wait. */
  answer: ((requested: Requested) => Proxied | Promise<Proxied>) | null;
  stop(): Promise<void>;
}

const APP_GUID = "d9e3c1a2-0000-4000-8000-000000000001";

/**
 * A fake of the pages of Zendesk that show apps (Apps Framework v2): one origin for Zendesk, with its proxy, another for
 * the package's assets.
 * @param files of the package @param settings of the installation that the page gets @param secure those that it does not
 */
export const startZendeskHost = async (
  files: Files,
  settings: Readonly<Record<string, string>>,
  secure: Readonly<Record<string, string>>,
): Promise<ZendeskHost> => {
  const { domainWhitelist, location } = JSON.parse(Buffer.from(files["manifest.json"] ?? []).toString()) as Manifest;
  const assets = await listen((request, response) => {
    serveAsset(files, request, response);
  });
  const assetsOrigin = `http://localhost:${portOf(assets)}`;
  const host: Pick<ZendeskHost, "requested" | "answer"> = { requested: [], answer: null };
  const zendesk = await listen((request, response) => {
    void (async () => {
      const { pathname, searchParams } = new URL(request.url ?? "/", origin);
      if (pathname === "/page.js") send(response, "text/javascript", PAGE_SCRIPT);
      else if (pathname === "/proxy") {
        const requested = JSON.parse(await text(request)) as Requested;
        host.requested.push(requested);
        const answer = await (host.answer?.(requested) ?? proxy(requested, domainWhitelist, secure));
        send(response, "application/json", JSON.stringify(answer));
      } else if (pathname === "/") {
        const place = JSON.parse(searchParams.get("place") ?? "{}") as Place;
        const { url } = location.support[place.location];
        send(response, "text/html; charset=utf-8", pageOf(place, `${assetsOrigin}/${url}`, origin, settings));
      } else response.writeHead(404).end();
    })();
  });
  const origin = `http://127.0.0.1:${portOf(zendesk)}`;
  return Object.assign(host, {
    address: (place: Place) => `${origin}/?place=${encodeURIComponent(JSON.stringify(place))}`,
    stop: async () => {
      await Promise.all([close(zendesk), close(assets)]);
    },
  });
};

interface Manifest {
  readonly domainWhitelist: readonly string[];
  readonly location: { readonly support: Readonly<Record<Place["location"], { readonly url: string }>> };
}

const PAGE_SCRIPT = readFileSync(new URL("page.js", import.meta.url));

const pageOf = (
  { location, properties, width = 320, colorScheme }: Place,
  app: string,
  origin: string,
  settings: Readonly<Record<string, string>>,
): string => {
  const open = {
    appGuid: APP_GUID,
    metadata: { appId: 1, name: "Tenure", settings },
    context: { product: "support", location },
    properties,
  };
  const source = new URL(app);
  source.searchParams.set("origin", origin);
  source.searchParams.set("app_guid", APP_GUID);
  if (colorScheme) source.searchParams.set("colorScheme", colorScheme);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Zendesk</title>
    <link rel="icon" href="data:," />
    <style>
      :root { color-scheme: ${colorScheme ?? "light dark"} }
      body { margin: 0 }
      iframe { border: 0; width: ${width}px; height: 200px; display: block; color-scheme: ${colorScheme ?? "light dark"} }
    </style>
  </head>
  <body>
    <main aria-label="Zendesk">
    <h1>Zendesk</h1>
    <script type="application/json" id="open">${JSON.stringify(open).replaceAll("<", "\\u003c")}</script>
    <iframe title="Tenure" data-src="${source.href.replaceAll("&", "&amp;")}"></iframe>
    </main>
    <script src="/page.js"></script>
  </body>
</html>
`;
};

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  css: "text/css",
  png: "image/png",
};

const serveAsset = (files: Files, request: IncomingMessage, response: ServerResponse): void => {
  const [path = ""] = (request.url ?? "").slice(1).split("?");
  const file = path.startsWith("assets/") ? files[path] : undefined;
  if (path === "favicon.ico") response.writeHead(204).end();
  else if (file) send(response, TYPES[path.split(".").pop() ?? ""] ?? "application/octet-stream", file);
  else response.writeHead(404).end();
};

const send = (response: ServerResponse, type: string, body: string | Uint8Array): void => {
  response.writeHead(200, { "content-type": type }).end(body);
};

const listen = async (answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> => {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
};

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => {
      resolve();
    });
  });
