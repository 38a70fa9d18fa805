import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConfigurationError, type Environment } from "./environment.js";
import { LOOPBACK_DOOR, readFrontDoor } from "./front-door.js";
import { certifiedFor } from "./spec-support/certificate.js";

const problems = (environment: Environment): readonly string[] => {
  try {
    readFrontDoor(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
};

const own = certifiedFor("billing.example");
let folder: string;
let files: { readonly TENURE_TLS_CERT_FILE: string; readonly TENURE_TLS_KEY_FILE: string };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-tls-"));
  files = { TENURE_TLS_CERT_FILE: join(folder, "cert.pem"), TENURE_TLS_KEY_FILE: join(folder, "key.pem") };
  await writeFile(files.TENURE_TLS_CERT_FILE, own.cert);
  await writeFile(files.TENURE_TLS_KEY_FILE, own.key);
});
afterAll(() => rm(folder, { recursive: true }));

const PUBLIC = { TENURE_HOST: "0.0.0.0", TENURE_PUBLIC_URL: "https://billing.example" };
const MISSING_URL =
  "TENURE_PUBLIC_URL must be set where TENURE_HOST is not this machine alone: it is the name that others come by.";
const NO_TLS =
  "TENURE_PUBLIC_URL starts with https://: set TENURE_TLS_CERT_FILE and TENURE_TLS_KEY_FILE, or name the proxy that does TLS in TENURE_TRUSTED_PROXIES.";
const BAD_URL =
  "TENURE_PUBLIC_URL must be https://, a host, and a port where it is not 443, without a path; http:// only for localhost.";

describe("the configuration of the front door", () => {
  it("needs nothing on this machine, and limits nobody there", () => {
    expect(readFrontDoor({})).toEqual(LOOPBACK_DOOR);
  });

  it("is public by TLS of its own", () => {
    expect(readFrontDoor({ ...PUBLIC, ...files })).toEqual({
      host: "0.0.0.0",
      publicUrl: "https://billing.example",
      tls: own,
      trustedProxies: [],
      monitoringPort: null,
      requestsPerMinute: 6_000,
      failuresPerMinute: 30,
      graphqlPage: true,
      openId: null,
    });
  });

  it("is public behind a proxy that it is told of", () => {
    const told = {
      ...{ TENURE_PUBLIC_URL: "https://Billing.example:443/", TENURE_TRUSTED_PROXIES: "127.0.0.1, fd00::/8" },
      ...{ TENURE_MONITORING_PORT: "4001", TENURE_REQUESTS_PER_MINUTE: "0", TENURE_FAILURES_PER_MINUTE: "5" },
    };
    expect(readFrontDoor(told)).toEqual({
      host: "127.0.0.1",
      publicUrl: "https://billing.example",
      tls: null,
      trustedProxies: ["127.0.0.1", "fd00::/8"],
      monitoringPort: 4001,
      requestsPerMinute: null,
      failuresPerMinute: 5,
      graphqlPage: true,
      openId: null,
    });
  });

  it("has the page for trying operations in production only where that is asked for", () => {
    const served = (environment: Environment) => readFrontDoor(environment).graphqlPage;
    expect([{}, { TENURE_GRAPHQL_PAGE: "0" }].map(served)).toEqual([true, false]);
    const production = { NODE_ENV: "production" };
    expect([production, { ...production, TENURE_GRAPHQL_PAGE: "1" }].map(served)).toEqual([false, true]);
    expect(problems({ TENURE_GRAPHQL_PAGE: "yes" })).toEqual(['TENURE_GRAPHQL_PAGE must be 1 or 0, not "yes".']);
  });

  it("serves a published port of a container by this machine's name", () => {
    const told = { TENURE_HOST: "0.0.0.0", TENURE_PUBLIC_URL: "http://localhost:4000" };
    expect(readFrontDoor(told)).toMatchObject({ host: "0.0.0.0", publicUrl: "http://localhost:4000", tls: null });
  });

  it.each<[string, Environment, readonly string[]]>([
    ["others could come by any name", { TENURE_HOST: "10.0.0.1" }, [MISSING_URL]],
    ["nobody does TLS", PUBLIC, [NO_TLS]],
    [
      "it is no address",
      { TENURE_HOST: "billing" },
      ["TENURE_HOST must be an IP address of this machine: 0.0.0.0 or :: for all."],
    ],
    ["tokens would travel in the clear", { TENURE_PUBLIC_URL: "http://billing.example" }, [BAD_URL]],
    ["the URL has a path", { TENURE_PUBLIC_URL: "https://billing.example/tenure" }, [BAD_URL]],
    ["the URL holds a password", { TENURE_PUBLIC_URL: "https://me:you@billing.example" }, [BAD_URL]],
    [
      "a proxy is named by its name",
      { ...PUBLIC, TENURE_TRUSTED_PROXIES: "proxy.example" },
      ["TENURE_TRUSTED_PROXIES must list IP addresses or subnets, as 10.0.0.7, 10.1.0.0/16."],
    ],
    [
      "a subnet is larger than there are",
      { ...PUBLIC, TENURE_TRUSTED_PROXIES: "10.0.0.0/33" },
      ["TENURE_TRUSTED_PROXIES must list IP addresses or subnets, as 10.0.0.7, 10.1.0.0/16."],
    ],
    [
      "there is half of a certificate",
      { ...PUBLIC, TENURE_TLS_KEY_FILE: "/dev/null" },
      ["TENURE_TLS_CERT_FILE and TENURE_TLS_KEY_FILE go together: set both."],
    ],
    [
      "the certificate is none",
      { ...PUBLIC, TENURE_TLS_CERT_FILE: "/dev/null", TENURE_TLS_KEY_FILE: "/dev/null" },
      ["TENURE_TLS_CERT_FILE and TENURE_TLS_KEY_FILE must hold a certificate and its key, as PEM."],
    ],
    [
      "limits are no numbers",
      { TENURE_REQUESTS_PER_MINUTE: "many", TENURE_MONITORING_PORT: "70000" },
      [
        'TENURE_MONITORING_PORT must be a whole number from 0 to 65535, not "70000".',
        'TENURE_REQUESTS_PER_MINUTE must be a whole number from 0 to 1000000, not "many".',
      ],
    ],
  ])("is refused where %s", (_, environment, sentences) => {
    expect(problems(environment)).toEqual(sentences);
  });

  it("is refused with a certificate of another key", async () => {
    const other = join(folder, "other.pem");
    await writeFile(other, certifiedFor("billing.example").key);
    expect(problems({ ...PUBLIC, ...files, TENURE_TLS_KEY_FILE: other })).toEqual([
      "TENURE_TLS_CERT_FILE and TENURE_TLS_KEY_FILE must hold a certificate and its key, as PEM.",
    ]);
  });

  it("is refused with a certificate and no public name, or files that are not there", () => {
    expect(problems(files)).toEqual([
      "TENURE_PUBLIC_URL must be set, and start with https://, where there is a certificate.",
    ]);
    const [cert, key] = problems({
      ...PUBLIC,
      TENURE_TLS_CERT_FILE: `${folder}/c`,
      TENURE_TLS_KEY_FILE: `${folder}/k`,
    });
    expect(cert).toMatch(/^The file that TENURE_TLS_CERT_FILE names cannot be read: ENOENT/);
    expect(key).toMatch(/^The file that TENURE_TLS_KEY_FILE names cannot be read: ENOENT/);
  });
});
