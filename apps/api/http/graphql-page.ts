import { fastify, type FastifyInstance } from "fastify";
import { OWN_HEADER } from "./cross-site.js";

export const PAGE = "/altair/";

/** Altair starts from a script in its page, and makes functions of text. Nothing comes from elsewhere. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

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
  await page.register(AltairFastify, {
    path: PAGE,
    baseURL: PAGE,
    endpointURL: "/graphql",
    initialQuery: WELCOME,
    initialHeaders: { [OWN_HEADER]: "1" },
  });
  await page.ready();
  return page;
};

/** Serves the page for trying operations. */
export const serveGraphqlPage = (server: FastifyInstance): void => {
  // Made when first looked at: it would cost the start a fifth of a second, and most never look.
  let page: Promise<FastifyInstance> | undefined;
  server.get(`${PAGE}*`, async (request, reply) => {
    page ??= graphqlPage();
    const made = await page;
    reply.hijack();
    reply.raw.setHeader("content-security-policy", POLICY);
    made.routing(request.raw, reply.raw);
  });
  server.addHook("onClose", async () => {
    await (await page)?.close();
  });
};
