import { type FastifyInstance } from "fastify";
import { OWN_HEADER } from "./cross-site.js";
import { PAGE } from "./graphql-page.js";

/** Nothing but our own two files, and requests to ourselves. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const byOpenId = ({
  signIn,
  linkAccount,
}: OpenIdPaths): string => `<p id="open-id" hidden><a href="${signIn}">Sign in with your organisation</a></p>
<p id="link-account" hidden><a href="${linkAccount}">From now on, sign in with your organisation</a>, or <a href="${PAGE}">go on</a>.</p>
`;

/** Where people go to sign in at an OpenID provider, and to make an account there their own. */
export interface OpenIdPaths {
  readonly signIn: string;
  readonly linkAccount: string;
}

const page = (openId: OpenIdPaths | null): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Tenure</title>
<link rel="stylesheet" href="/start.css">
<script src="/start.js" defer></script>
<main>
<h1>Tenure</h1>
<p id="said" role="status">One moment …</p>
<form id="sign-in" hidden>
<label>Token <input id="token" type="password" autocomplete="off" required></label>
<button>Sign in</button>
</form>
<form id="by-mail" hidden>
<label>E-mail address <input id="email" type="email" autocomplete="email" required></label>
<button>Send me a link</button>
</form>
${openId === null ? "" : byOpenId(openId)}<noscript>This page needs JavaScript.</noscript>
</main>
</html>
`;

const STYLE = `body { font: 1rem/1.5 system-ui, sans-serif; margin: 15vh auto; max-width: 28rem; padding: 0 1rem; }
input { display: block; width: 100%; box-sizing: border-box; margin: 0.25rem 0 0.75rem; padding: 0.4rem; font: inherit; }
button { padding: 0.4rem 1rem; font: inherit; }
[hidden] { display: none; }
`;

/**
 * Exchanges the token or link in the address (`/#token=…`, `/#link=…`) for a session, once: it leaves
 * the address before anything is sent, and the browser's history with the page that it leads on to. Whoever has a
 * session goes on to the page for trying operations; a person who came by a link may go on to the OpenID provider.
 */
const SCRIPT = `const headers = { "${OWN_HEADER}": "1" };
const given = new URLSearchParams(location.hash.slice(1));
if (location.hash !== "") history.replaceState(null, "", location.pathname);

const linking = document.getElementById("link-account");
const ask = (said) => {
  document.getElementById("said").textContent = said;
  for (const id of ["sign-in", "by-mail", "open-id"]) document.getElementById(id)?.removeAttribute("hidden");
};
const answer = async (response, refused, next = "${PAGE}") => {
  if (response.ok) return location.replace(next);
  if (response.status === 401) return ask(refused);
  const { errors } = await response.json();
  ask(errors[0].message);
};
const exchange = async (token, refused = "This token does not count here, or no longer.", next) => {
  const authorization = "Bearer " + token.replace(/[^\\x21-\\x7e]/g, "");
  answer(await fetch("/session", { method: "POST", headers: { ...headers, authorization } }), refused, next);
};

document.getElementById("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  exchange(document.getElementById("token").value);
});
document.getElementById("by-mail").addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = JSON.stringify({ email: document.getElementById("email").value });
  const type = { "content-type": "application/json" };
  const response = await fetch("/session/link", { method: "POST", headers: { ...headers, ...type }, body }).catch(() => null);
  ask(response?.ok ? "If the address is known here, a link is on its way to it." : "That is not possible now. Try again later.");
});
const begin = async () => {
  if (given.has("token")) return exchange(given.get("token"));
  if (given.has("link")) {
    const refused = "This link was used, or has expired. Ask for another one.";
    return exchange(given.get("link"), refused, linking === null ? undefined : "/?came-by-link");
  }
  if (location.search === "?came-by-link") {
    document.getElementById("said").textContent = "You are signed in.";
    return linking?.removeAttribute("hidden");
  }
  if (given.has("sign-out")) {
    await fetch("/session", { method: "DELETE", headers });
    return ask("You are signed out.");
  }
  if (given.has("refused")) return ask("You were not let in.");
  if (given.has("unavailable")) return ask("Signing in is not possible now. Try again.");
  answer(await fetch("/session", { headers }), "Sign in.");
};
// An address with another token was opened in this window.
addEventListener("hashchange", () => location.reload());
begin().catch(() => ask("Tenure does not answer. Try again."));
`;

/**
 * The page at `/`: signs in, and leads on to the page for trying operations.
 * @param openId where people sign in at an OpenID provider; null: none is configured
 */
export const serveStartPage = (server: FastifyInstance, openId: OpenIdPaths | null): void => {
  const files = [
    ["/", "text/html; charset=utf-8", page(openId)],
    ["/start.js", "text/javascript; charset=utf-8", SCRIPT],
    ["/start.css", "text/css; charset=utf-8", STYLE],
  ] as const;
  for (const [path, type, text] of files) {
    server.get(path, (_request, reply) =>
      reply.header("content-security-policy", POLICY).header("cache-control", "no-cache").type(type).send(text),
    );
  }
};
