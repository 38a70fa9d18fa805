import { createServer } from "node:http";
import { randomUUID } from "node:crypto";
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from "jose";

interface OwnKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly shown: JWK;
}

/** The discovery document and the keys of an OpenID provider of specs, which signs whatever it is told. */
export class KeyServer {
  issuer = "";
  /** How often its keys were fetched. */
  fetched = 0;
  /** Whether it answers with a failure. */
  isDown = false;
  private constructor(
    private key: OwnKey,
    private readonly server = createServer((request, response) => {
      const isKeys = request.url === "/keys";
      if (isKeys) this.fetched += 1;
      const body = isKeys ? { keys: [this.key.shown] } : { issuer: this.issuer, jwks_uri: `${this.issuer}/keys` };
      response.writeHead(this.isDown ? 503 : 200, { "content-type": "application/json" }).end(JSON.stringify(body));
    }),
  ) {}

  static async start(): Promise<KeyServer> {
    const started = new KeyServer(await newKey());
    await new Promise<void>((listening) => started.server.listen(0, "127.0.0.1", listening));
    const address = started.server.address();
    started.issuer = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
    return started;
  }

  /** From now on it signs with a new key, and shows no other. */
  async rotate(): Promise<void> {
    this.key = await newKey();
  }

  /** @param claims in place of those of every token; @param key signs instead of the one that is shown */
  async token(claims: Readonly<Record<string, unknown>>, key: OwnKey = this.key): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const all = { iss: this.issuer, aud: "tenure", sub: "anna", iat: now, exp: now + 300, ...claims };
    return new SignJWT(all).setProtectedHeader({ alg: "RS256", kid: this.key.kid }).sign(key.privateKey);
  }

  /** A token that is signed with the public key as if it were a shared secret. */
  async confused(claims: Readonly<Record<string, unknown>>): Promise<string> {
    const secret = new TextEncoder().encode(await exportSPKI(this.key.publicKey));
    const all = { iss: this.issuer, aud: "tenure", sub: "anna", exp: Math.floor(Date.now() / 1000) + 300, ...claims };
    return new SignJWT(all).setProtectedHeader({ alg: "HS256", kid: this.key.kid }).sign(secret);
  }

  async stop(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }
}

export const newKey = async (): Promise<OwnKey> => {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const kid = randomUUID();
  return { kid, privateKey, publicKey, shown: { ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" } };
};
