import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";

/** What the provider says of whoever signs in next, and how it errs. */
export interface Said {
  /** Claims beside those of every ID token; `iss`, `aud` and `nonce` replace them. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Seconds from now. Default: 300. */
  readonly expiresIn?: number;
  /** Signs with no key at all. */
  readonly unsigned?: boolean;
  /** Signs with a key that it does not show. */
  readonly foreignKey?: boolean;
}

export interface OpenIdProvider {
  readonly issuer: string;
  /** From now on it signs with a new key, and shows no other. */
  rotate(): Promise<void>;
  /** A person signs in. @param location where our server led the browser @returns where the provider leads it back to */
  signIn(location: string, said: Said): Promise<string>;
  /** Whoever's browser is led to it signs in as this person, and is led back at once. */
  expect(said: Said): void;
  stop(): Promise<void>;
}

export const CLIENT = { clientId: "tenure", clientSecret: "hush hush" } as const;

interface Granted {
  readonly said: Said;
  readonly nonce: string;
  readonly challenge: string;
  readonly redirect: string;
}

/**
 * An OpenID provider with the code flow and PKCE, as far as specs need one. A code opens one ID token.
 * @param host its name; to browsers, `localhost` is another site than 127.0.0.1
 */
export const startOpenIdProvider = async (host: "127.0.0.1" | "localhost" = "127.0.0.1"): Promise<OpenIdProvider> => {
  const granted = new Map<string, Granted>();
  let key = await newKey();
  const foreign = await newKey();
  let issuer = "";
  const token = async (request: IncomingMessage) => {
    const form = new URLSearchParams(await bodyOf(request));
    const code = form.get("code") ?? "";
    const grant = granted.get(code);
    granted.delete(code);
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    const isClient = form.get("client_id") === CLIENT.clientId && form.get("client_secret") === CLIENT.clientSecret;
    if (!isClient) return { status: 401, body: { error: "invalid_client" } };
    if (!grant || challenge !== grant.challenge || form.get("redirect_uri") !== grant.redirect) {
      return { status: 400, body: { error: "invalid_grant" } };
    }
    return { status: 200, body: { access_token: "opaque", token_type: "Bearer", id_token: await idToken(grant) } };
  };
  const idToken = ({ said, nonce }: Granted): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, exp: now + (said.expiresIn ?? 300) };
    const claims = { iss: issuer, aud: CLIENT.clientId, nonce, ...times, ...said.claims };
    if (said.unsigned) return Promise.resolve(new UnsecuredJWT(claims).encode());
    const { privateKey, kid } = said.foreignKey ? { ...foreign, kid: key.kid } : key;
    return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid }).sign(privateKey);
  };
  const answer = async (request: IncomingMessage): Promise<{ readonly status: number; readonly body: object }> => {
    switch (request.url) {
      case "/.well-known/openid-configuration": {
        const endpoints = { authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` };
        const support = { response_types_supported: ["code"], subject_types_supported: ["public"] };
        const signing = { id_token_signing_alg_values_supported: ["RS256"], jwks_uri: `${issuer}/jwks` };
        return { status: 200, body: { issuer, ...endpoints, ...support, ...signing } };
      }
      case "/jwks":
        return { status: 200, body: { keys: [{ ...key.shown, kid: key.kid, alg: "RS256", use: "sig" }] } };
      case "/token":
        return token(request);
      default:
        return { status: 404, body: {} };
    }
  };
  let expected: Said | undefined;
  const grant = (location: string, said: Said): string => {
    const asked = new URL(location).searchParams;
    const code = randomUUID();
    const of = (name: string): string => asked.get(name) ?? "";
    granted.set(code, { said, nonce: of("nonce"), challenge: of("code_challenge"), redirect: of("redirect_uri") });
    const back = new URL(of("redirect_uri"));
    back.search = new URLSearchParams({ code, state: of("state") }).toString();
    return back.href;
  };
  const server = createServer((request, response: ServerResponse) => {
    if (expected && request.url?.startsWith("/authorize?")) {
      response.writeHead(302, { location: grant(`${issuer}${request.url}`, expected) }).end();
      return;
    }
    void answer(request).then(({ status, body }) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  issuer = `http://${host}:${typeof address === "object" && address !== null ? address.port : 0}`;
  return {
    issuer,
    rotate: async () => {
      key = await newKey();
    },
    signIn: (location, said) => Promise.resolve(grant(location, said)),
    expect: (said) => {
      expected = said;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};

const newKey = async () => {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  return { privateKey, shown: await exportJWK(publicKey), kid: randomUUID() };
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
};
