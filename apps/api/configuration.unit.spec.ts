import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LOOPBACK_DOOR } from "#configuration/front-door.js";
import { ConfigurationError, readConfiguration } from "./configuration.js";

const urls = { EVENTSTORE_URL: "esdb://localhost:2113?tls=false", DATABASE_URL: "postgres://localhost/tenure" };
const TOKEN = "0123456789abcdef0123456789abcdef";
const base = { ...urls, TENURE_TOKEN: TOKEN };
const problems = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfiguration(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
};

describe("the API's configuration", () => {
  it("takes defaults for all but servers and credentials", () => {
    expect(readConfiguration(base)).toEqual({
      eventStoreUrl: "esdb://localhost:2113?tls=false",
      databaseUrl: "postgres://localhost/tenure",
      port: 4000,
      testClock: false,
      credentials: { by: "TOKEN", startToken: TOKEN },
      door: LOOPBACK_DOOR,
      claims: { roles: "tenure_roles", customer: "tenure_customer" },
    });
  });

  it("reads what is set", () => {
    const set = { TENURE_PORT: "0", TENURE_TEST_CLOCK: "1", TENURE_AS_OF_EVENTS: "100000" };
    expect(readConfiguration({ ...base, ...set })).toMatchObject({ port: 0, testClock: true, asOfEvents: 100_000 });
  });

  it("listens for edges where it is told to", () => {
    expect(readConfiguration({ ...base, EDGE_LISTEN: "4060" }).edgeListen).toEqual({ host: "127.0.0.1", port: 4060 });
    expect(problems({ ...base, EDGE_LISTEN: "70000", TENURE_PORT: "x" })).toEqual([
      'TENURE_PORT must be a whole number from 0 to 65535, not "x".',
      "EDGE_LISTEN must be a port, or an address of this machine with a port, such as 127.0.0.1:4060.",
    ]);
  });

  it("never moves time in production", () => {
    expect(readConfiguration({ ...base, TENURE_TEST_CLOCK: "1", NODE_ENV: "production" }).testClock).toBe(false);
  });

  it("tells all mistakes at once, one sentence each", () => {
    expect(problems({ EVENTSTORE_URL: "http://x", TENURE_PORT: "70000", TENURE_TEST_CLOCK: "yes" })).toEqual([
      'TENURE_PORT must be a whole number from 0 to 65535, not "70000".',
      'TENURE_TEST_CLOCK must be 1 or 0, not "yes".',
      "EVENTSTORE_URL must be set, and start with esdb:// or esdb+discover://.",
      "DATABASE_URL must be set, and start with postgres:// or postgresql://.",
    ]);
  });

  it("keeps passwords and tokens out of its sentences", () => {
    expect(problems({ ...base, DATABASE_URL: "mysql://me:secret@host/db" }).join()).not.toContain("secret");
    expect(problems({ ...urls, TENURE_TOKEN: "a secret of too few" })).toEqual([
      'TENURE_TOKEN must hold a token of 32 characters or more: letters, digits and . _ ~ + / -; "openssl rand -hex 32" makes one.',
    ]);
  });

  it("asks for a credential, unless nobody is asked on a developer's machine", () => {
    const nobody =
      "Nobody could come in: set TENURE_TOKEN or TENURE_TOKEN_FILE, the token of operators, or an OpenID provider (TENURE_JWT_ISSUER, TENURE_OIDC_ISSUER).";
    expect(problems(urls)).toEqual([nobody]);
    expect(readConfiguration({ ...urls, TENURE_AUTH: "off", TENURE_TEST_CLOCK: "1" }).credentials).toEqual({
      by: "NOBODY",
    });
    const refused =
      "TENURE_AUTH=off is accepted with the test clock only (TENURE_TEST_CLOCK=1, and never in production).";
    expect(problems({ ...urls, TENURE_AUTH: "off" })).toEqual([refused]);
    expect(problems({ ...base, TENURE_AUTH: "off", TENURE_TEST_CLOCK: "1", NODE_ENV: "production" })).toEqual([
      refused,
    ]);
    const beyond = {
      ...{ TENURE_HOST: "0.0.0.0", TENURE_PUBLIC_URL: "https://billing.example.com" },
      TENURE_TRUSTED_PROXIES: "127.0.0.1",
    };
    expect(problems({ ...urls, ...beyond, TENURE_AUTH: "off", TENURE_TEST_CLOCK: "1" })).toContain(
      "TENURE_AUTH=off is accepted on this machine only: without TENURE_HOST and TENURE_PUBLIC_URL.",
    );
    expect(problems({ ...urls, TENURE_AUTH: "no" })).toEqual(['TENURE_AUTH must be on or off, not "no".']);
  });

  it("reads the token of operators from a file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tenure-configuration-"));
    try {
      const file = join(folder, "token");
      await writeFile(file, `${TOKEN}\n`);
      const { credentials } = readConfiguration({ ...urls, TENURE_TOKEN_FILE: file });
      expect(credentials).toEqual({ by: "TOKEN", startToken: TOKEN });
      expect(problems({ ...base, TENURE_TOKEN_FILE: file })).toEqual([
        "TENURE_TOKEN and TENURE_TOKEN_FILE do not go together: choose one.",
      ]);
      const [missing] = problems({ ...urls, TENURE_TOKEN_FILE: `${file}s` });
      expect(missing).toMatch(/^The file that TENURE_TOKEN_FILE names cannot be read: ENOENT/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("reads what JWTs are checked by", () => {
    const jwt = { TENURE_JWT_ISSUER: "https://id.example.com/", TENURE_JWT_AUDIENCE: "tenure" };
    const claims = { roles: "tenure_roles", customer: "tenure_customer" };
    const checked = { issuer: "https://id.example.com/", audience: "tenure", claims };
    expect(readConfiguration({ ...urls, ...jwt }).credentials).toEqual({ by: "TOKEN", jwt: checked });
    const all = {
      ...{ TENURE_JWT_JWKS_URL: "http://localhost:8080/keys", TENURE_JWT_ROLES_CLAIM: "realm_access.roles" },
      ...{ TENURE_JWT_PROVIDER_CLAIM: "provider", TENURE_JWT_CUSTOMER_CLAIM: "customer" },
    };
    expect(readConfiguration({ ...base, ...jwt, ...all }).credentials).toEqual({
      by: "TOKEN",
      startToken: TOKEN,
      jwt: {
        ...checked,
        jwksUrl: "http://localhost:8080/keys",
        claims: { roles: "realm_access.roles", provider: "provider", customer: "customer" },
      },
    });
    expect(problems({ ...urls, ...jwt, TENURE_JWT_AUDIENCE: "" })).toEqual([
      "TENURE_JWT_AUDIENCE must be set with TENURE_JWT_ISSUER: tokens for others must not count here.",
    ]);
    expect(problems({ ...base, TENURE_JWT_AUDIENCE: "tenure" })).toEqual([
      "TENURE_JWT_ISSUER must be set with the other variables of JWTs.",
    ]);
    expect(problems({ ...urls, ...jwt, TENURE_JWT_ISSUER: "http://localhost.example.com" })).toEqual([
      "TENURE_JWT_ISSUER must start with https://, or with http:// on this machine.",
    ]);
  });
});
