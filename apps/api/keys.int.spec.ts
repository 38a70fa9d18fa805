import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { DEFAULT_PROVIDER_ID } from "#application/providers/default-provider.js";
import { streamName } from "#event-store/streams.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { Client } from "./spec-support/client.js";
import { OPERATOR_TOKEN } from "./spec-support/said-callers.js";

let bench: Bench;
/** Of a server that believes tokens only. */
let url: string;
/** A provider of its own, as an operator sees it. */
let own: Client;
beforeAll(async () => {
  bench = await startBench();
  ({ url } = await bench.api({ credentials: { by: "TOKEN", startToken: OPERATOR_TOKEN } }));
  own = new Client(url, (await bench.provider()).providerId);
});
afterAll(() => bench.stop());

const by = (token: string, providerId?: string): Client => new Client(url, providerId, undefined, undefined, token);
const granted = (roles: string[], more: object = {}) => ({ label: "Desk", roles, reason: "The new desk", ...more });
interface Granted {
  readonly id: string;
  readonly secret: string;
}
const grant = async (client: Client, input: object): Promise<Granted> =>
  (await client.run("grantKey", input, "secret")) as unknown as Granted;
const PROVIDER = "{ provider { id } }";
const UNKNOWN = {
  status: 401,
  errors: [
    {
      message: "The token is not one that counts here: it is not known, was revoked, or has expired.",
      extensions: { code: "UNAUTHENTICATED" },
    },
  ],
};

describe("a request without a token that counts", () => {
  const ask = (headers: Record<string, string>) =>
    fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ query: "{ __typename }" }),
    });

  it.each<[string, Record<string, string>, string]>([
    ["none", {}, "Say who asks: with a token, as authorization: Bearer …, or with a session."],
    [
      "another scheme",
      { authorization: "Basic bG9jYWw6" },
      "The header authorization is not: Bearer, a space, and a token.",
    ],
    ["no token", { authorization: "Bearer" }, "The header authorization is not: Bearer, a space, and a token."],
    ["another token", { authorization: `Bearer ${OPERATOR_TOKEN}x` }, UNKNOWN.errors[0]?.message ?? ""],
    ["a key that is not there", { authorization: "Bearer tnr_AAAA" }, UNKNOWN.errors[0]?.message ?? ""],
    ["a caller that it says itself", { "spec-caller": '{"actor":"me","roles":["operator"]}' }, "Say who asks"],
  ])("is refused before anything is executed: %s", async (_, headers, message) => {
    const response = await ask(headers);
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringContaining(message) as string, extensions: { code: "UNAUTHENTICATED" } }],
    });
  });

  it("gets no document either", async () => {
    const path = `/documents/${DEFAULT_PROVIDER_ID}/invoices/${DEFAULT_PROVIDER_ID}.pdf`;
    const response = await fetch(new URL(path, url));
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
  });
});

describe("an API key", () => {
  it("lets in whoever has its secret, as its own actor in its own provider", async () => {
    const { id, secret } = await grant(own, granted(["ADMIN"]));
    expect(secret).toMatch(/^tnr_[\w-]{43}$/);
    const client = by(secret);
    expect(await client.query(PROVIDER)).toEqual({ provider: { id: own.providerId } });
    const other = { message: "The header tenure-provider names no provider of this installation." };
    expect((await by(secret, DEFAULT_PROVIDER_ID).ask(PROVIDER)).errors).toMatchObject([other]);
    const [event] = await bench.store.readStream(streamName(own.providerId ?? "", "key", id));
    expect(event).toMatchObject({ type: "KeyGranted", metadata: { actor: "local" } });
  });

  it("shows its secret once, which is nowhere after that", async () => {
    const input = granted(["CSR"], { idempotencyKey: "once" });
    const first = (await own.run("grantKey", input, "secret key { label roles status }")) as unknown as Granted;
    const { secret } = first;
    expect(first).toMatchObject({ repeated: false, key: { label: "Desk", roles: ["CSR"], status: "ACTIVE" } });
    expect(await own.run("grantKey", input, "secret")).toMatchObject({ id: first.id, repeated: true, secret: null });
    await by(secret).ask("{ nothing }");
    const stored = await bench.dataSource.query<object[]>("SELECT * FROM api_keys");
    const events = await bench.store.readStream(streamName(own.providerId ?? "", "key", first.id));
    const kept = JSON.stringify([stored, events, bench.logged], (_, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    expect(kept).toContain(first.id);
    expect(kept).not.toContain(secret);
    expect(kept).not.toContain(secret.slice("tnr_".length));
  });

  it("is refused once it was revoked, also while read models stand still", async () => {
    const { id, secret } = await grant(own, granted(["FINANCE"]));
    const client = by(secret);
    expect((await client.ask(PROVIDER)).status).toBe(200);
    await bench.pauseProjections();
    try {
      await own.runUnseen("revokeKey", { keyId: id, reason: "Leaked" });
      // In how many seconds: key-callers.unit.spec.ts.
      await expect.poll(() => client.ask(PROVIDER)).toEqual(UNKNOWN);
    } finally {
      bench.resumeProjections();
    }
    await own.run("revokeKey", { keyId: id, reason: "Again" });
    const { keys } = (await own.query(
      "{ keys(last: 1) { edges { node { id status grantedBy revokedBy revokedBecause reason } } } }",
    )) as { keys: unknown };
    expect(keys).toEqual({
      edges: [
        {
          node: {
            ...{ id, status: "REVOKED", grantedBy: "local", reason: "The new desk" },
            ...{ revokedBy: "local", revokedBecause: "Leaked" },
          },
        },
      ],
    });
  });

  it("is refused once it has expired", async () => {
    const expires = Date.now() + 3_600_000;
    const expiresAt = new Date(expires).toISOString();
    const { secret } = await grant(own, granted(["SUPPORT"], { expiresAt }));
    expect((await by(secret).ask(PROVIDER)).status).toBe(200);
    vi.useFakeTimers({ toFake: ["Date"], now: expires });
    try {
      expect(await by(secret).ask(PROVIDER)).toEqual(UNKNOWN);
    } finally {
      vi.useRealTimers();
    }
  });

  it("of an operator is of the installation, and seen by operators only", async () => {
    const operators = new Client(url);
    const { id, secret } = await grant(operators, granted(["OPERATOR"], { label: "Deployment" }));
    expect(await by(secret, own.providerId).query(PROVIDER)).toEqual({ provider: { id: own.providerId } });
    const listed = '{ keys(filter: { label: "deploy" }) { totalCount edges { node { id } } } }';
    expect(await by(secret).query(listed)).toEqual({ keys: { totalCount: 1, edges: [{ node: { id } }] } });
    expect(await own.refused("grantKey", granted(["OPERATOR"]))).toBe("VALIDATION_FAILED roles");
    const caller = { actor: "key:x", roles: ["admin"], providerId: DEFAULT_PROVIDER_ID, customerId: null } as const;
    expect(await bench.client.by(caller).ask(listed)).toMatchObject({ data: { keys: { totalCount: 0, edges: [] } } });
  });
});
