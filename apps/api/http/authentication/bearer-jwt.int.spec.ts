import { UnsecuredJWT } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_PROVIDER_ID } from "#application/providers/default-provider.js";
import { KeyServer, newKey } from "../../spec-support/key-server.js";
import { JwtTokens } from "./bearer-jwt.js";
import { DEFAULT_CLAIMS } from "./jwt-settings.js";

const CUSTOMER = "0e000000-0000-4000-8000-000000000001";
const PROVIDER = "0e000000-0000-4000-8000-000000000002";
const CSR = { tenure_roles: ["csr", "offline_access"] };

let server: KeyServer;
let tokens: JwtTokens;
let logged: object[];
beforeEach(async () => {
  server = await KeyServer.start();
  logged = [];
  tokens = tokensOf(0);
});
afterEach(() => server.stop());

const tokensOf = (cooldownMs: number, claims: object = {}): JwtTokens => {
  const settings = { issuer: server.issuer, audience: "tenure", claims: { ...DEFAULT_CLAIMS, ...claims } };
  return new JwtTokens(settings, (event, fields) => logged.push({ event, ...fields }), cooldownMs);
};
const caller = (roles: string[], more: object = {}) => ({
  ...{ actor: "oidc:anna", roles, providerId: DEFAULT_PROVIDER_ID, customerId: null },
  ...more,
});
const seconds = (from: number) => Math.floor(Date.now() / 1000) + from;

describe("a JWT of the provider", () => {
  it.each<[string, object, object]>([
    ["roles as a list", CSR, caller(["csr"])],
    ["roles as a text", { tenure_roles: "finance csr" }, caller(["csr", "finance"])],
    ["an operator", { tenure_roles: ["operator", "csr"] }, caller(["operator"], { providerId: null })],
    [
      "a self-care user",
      { tenure_roles: ["self-care"], tenure_customer: CUSTOMER.toUpperCase() },
      caller(["self-care"], { customerId: CUSTOMER }),
    ],
    ["one that expired within the tolerance", { ...CSR, exp: seconds(-20) }, caller(["csr"])],
    ["one of a clock that is ahead, within the tolerance", { ...CSR, nbf: seconds(20) }, caller(["csr"])],
    ["several audiences", { ...CSR, aud: ["other", "tenure"] }, caller(["csr"])],
  ])("lets in: %s", async (_, claims, expected) => {
    expect(await tokens.callerOf(await server.token({ ...claims }))).toEqual(expected);
    expect(logged).toEqual([]);
  });

  it("names roles and provider by the claims that are configured", async () => {
    const own = tokensOf(0, { roles: "realm_access.roles", provider: "https://tenure.example/provider" });
    const claims = { realm_access: { roles: ["admin"] }, "https://tenure.example/provider": PROVIDER };
    expect(await own.callerOf(await server.token(claims))).toEqual(caller(["admin"], { providerId: PROVIDER }));
    expect(await own.callerOf(await server.token({ realm_access: { roles: ["admin"] } }))).toBeNull();
  });

  it.each<[string, object, object]>([
    ["no role", {}, { reason: "CLAIM", claim: "tenure_roles" }],
    ["no role of ours", { tenure_roles: ["root"] }, { reason: "CLAIM", claim: "tenure_roles" }],
    ["self-care without a customer", { tenure_roles: ["self-care"] }, { reason: "CLAIM", claim: "tenure_customer" }],
    [
      "self-care beside another role",
      { tenure_roles: ["self-care", "csr"], tenure_customer: CUSTOMER },
      { reason: "CLAIM", claim: "tenure_roles" },
    ],
    ["another audience", { ...CSR, aud: "other" }, { reason: "ERR_JWT_CLAIM_VALIDATION_FAILED", claim: "aud" }],
    [
      "another issuer",
      { ...CSR, iss: "https://evil.example.com" },
      { reason: "ERR_JWT_CLAIM_VALIDATION_FAILED", claim: "iss" },
    ],
    ["an expired one", { ...CSR, exp: seconds(-60) }, { reason: "ERR_JWT_EXPIRED" }],
    [
      "one that is not valid yet",
      { ...CSR, nbf: seconds(60) },
      { reason: "ERR_JWT_CLAIM_VALIDATION_FAILED", claim: "nbf" },
    ],
    ["one without an end", { ...CSR, exp: undefined }, { reason: "ERR_JWT_CLAIM_VALIDATION_FAILED", claim: "exp" }],
    ["a subject of control characters", { ...CSR, sub: "a\nb" }, { reason: "CLAIM", claim: "sub" }],
  ])("is refused, the log says why and nothing of it: %s", async (_, claims, why) => {
    const token = await server.token({ ...claims });
    expect(await tokens.callerOf(token)).toBeNull();
    expect(logged).toEqual([{ event: "token refused", ...why }]);
  });
});

describe("a forged JWT is refused", () => {
  it("without a signature, or with the public key as a secret, before any key is fetched", async () => {
    const claims = { iss: server.issuer, aud: "tenure", sub: "anna", exp: seconds(300), tenure_roles: ["operator"] };
    expect(await tokens.callerOf(new UnsecuredJWT(claims).encode())).toBeNull();
    expect(await tokens.callerOf(await server.confused({ tenure_roles: ["operator"] }))).toBeNull();
    expect(await tokens.callerOf("not.a.jwt")).toBeNull();
    expect(server.fetched).toBe(0);
  });

  it("with another key under the id of one that is known", async () => {
    expect(await tokens.callerOf(await server.token(CSR, await newKey()))).toBeNull();
    expect(logged).toEqual([{ event: "token refused", reason: "ERR_JWS_SIGNATURE_VERIFICATION_FAILED" }]);
  });
});

describe("the provider's keys", () => {
  it("are fetched once, and again for a key that is not known", async () => {
    const first = await server.token(CSR);
    await tokens.callerOf(first);
    await tokens.callerOf(first);
    expect(server.fetched).toBe(1);
    await server.rotate();
    expect(await tokens.callerOf(await server.token(CSR))).toEqual(caller(["csr"]));
    expect(server.fetched).toBe(2);
    expect(await tokens.callerOf(first)).toBeNull();
  });

  it("are not fetched again within the cooldown, whatever comes", async () => {
    const patient = tokensOf(60_000);
    await patient.callerOf(await server.token(CSR));
    await server.rotate();
    const unknown = await server.token(CSR);
    expect([await patient.callerOf(unknown), await patient.callerOf(unknown), server.fetched]).toEqual([null, null, 1]);
  });

  it("that cannot be had are no reason to call a token wrong", async () => {
    server.isDown = true;
    const token = await server.token(CSR);
    await expect(tokens.callerOf(token)).rejects.toMatchObject({ refusal: { code: "UNAVAILABLE", status: 503 } });
    server.isDown = false;
    expect(await tokens.callerOf(token)).toEqual(caller(["csr"]));
  });
});
