import { BlockList, isIP } from "node:net";
import { z } from "zod";
import {
  ConfigurationError,
  type Environment,
  given,
  MAX_PORT,
  problemsOf,
  switched,
  wholeNumber,
} from "./environment.js";
import { type OpenIdConfiguration, readOpenId } from "./openid.js";
import { ownCertificate } from "./tls-files.js";

/** Where an API listens, by which name it is reached, and how much it takes from one sender. */
export interface FrontDoorConfiguration {
  /** Address of this machine that it listens on. */
  readonly host: string;
  /** Origin of absolute links, and the only host that requests may name; null: this machine, by its own names. */
  readonly publicUrl: string | null;
  /** PEM; null: no TLS, or a proxy's. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** Addresses and subnets of the proxies that pass requests on. */
  readonly trustedProxies: readonly string[];
  /** Port on 127.0.0.1 of health and metrics without a key; null: none. */
  readonly monitoringPort: number | null;
  /** Per key, session or address; null: no limit. */
  readonly requestsPerMinute: number | null;
  /** Failed sign-ins per address; null: no limit. */
  readonly failuresPerMinute: number | null;
  /** Whether the page for trying operations is served. */
  readonly graphqlPage: boolean;
  /** Where people sign in; null: by tokens only. */
  readonly openId: OpenIdConfiguration | null;
}

/** What `npm start` on a developer's machine has. */
export const LOOPBACK_DOOR: FrontDoorConfiguration = {
  host: "127.0.0.1",
  publicUrl: null,
  tls: null,
  trustedProxies: [],
  monitoringPort: null,
  requestsPerMinute: null,
  failuresPerMinute: null,
  graphqlPage: true,
  openId: null,
};

/** Where there is a public URL, unless configured: far above what a person or a console does. */
const REQUESTS_PER_MINUTE = 6_000;
const FAILURES_PER_MINUTE = 30;
const MOST = 1_000_000;

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

const variables = z.object({
  TENURE_HOST: z
    .string()
    .refine((text) => isIP(text) !== 0 || text === "localhost", {
      error: "TENURE_HOST must be an IP address of this machine: 0.0.0.0 or :: for all.",
    })
    .default(LOOPBACK_DOOR.host),
  TENURE_PUBLIC_URL: z
    .string()
    .refine(isOrigin, {
      error:
        "TENURE_PUBLIC_URL must be https://, a host, and a port where it is not 443, without a path; http:// only for localhost.",
    })
    .transform((text) => new URL(text).origin)
    .optional(),
  TENURE_TLS_CERT_FILE: z.string().optional(),
  TENURE_TLS_KEY_FILE: z.string().optional(),
  TENURE_TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ""))
    .refine((all) => all.every(isAddressOrSubnet), {
      error: "TENURE_TRUSTED_PROXIES must list IP addresses or subnets, as 10.0.0.7, 10.1.0.0/16.",
    })
    .default([]),
  TENURE_MONITORING_PORT: wholeNumber("TENURE_MONITORING_PORT", MAX_PORT).optional(),
  TENURE_REQUESTS_PER_MINUTE: wholeNumber("TENURE_REQUESTS_PER_MINUTE", MOST).optional(),
  TENURE_FAILURES_PER_MINUTE: wholeNumber("TENURE_FAILURES_PER_MINUTE", MOST).optional(),
  TENURE_GRAPHQL_PAGE: switched("TENURE_GRAPHQL_PAGE").optional(),
  NODE_ENV: z.string().optional(),
});

/** @throws ConfigurationError with a sentence for each mistake; values of secrets are in none */
export const readFrontDoor = (environment: Environment): FrontDoorConfiguration => {
  const result = variables.safeParse(given(environment));
  if (!result.success) throw new ConfigurationError(problemsOf(result));
  const told = result.data;
  const problems: string[] = [];
  const tls = ownCertificate(
    ["TENURE_TLS_CERT_FILE", told.TENURE_TLS_CERT_FILE],
    ["TENURE_TLS_KEY_FILE", told.TENURE_TLS_KEY_FILE],
    problems,
  );
  const publicUrl = told.TENURE_PUBLIC_URL ?? null;
  const isSecure = publicUrl?.startsWith("https:") === true;
  const hasFiles = (told.TENURE_TLS_CERT_FILE ?? told.TENURE_TLS_KEY_FILE) !== undefined;
  if (publicUrl === null && !LOOPBACK.has(told.TENURE_HOST)) {
    problems.push(
      "TENURE_PUBLIC_URL must be set where TENURE_HOST is not this machine alone: it is the name that others come by.",
    );
  }
  if (hasFiles && !isSecure) {
    problems.push("TENURE_PUBLIC_URL must be set, and start with https://, where there is a certificate.");
  }
  if (isSecure && !hasFiles && told.TENURE_TRUSTED_PROXIES.length === 0) {
    problems.push(
      "TENURE_PUBLIC_URL starts with https://: set TENURE_TLS_CERT_FILE and TENURE_TLS_KEY_FILE, or name the proxy that does TLS in TENURE_TRUSTED_PROXIES.",
    );
  }
  const openId = openIdOf(environment, problems);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return {
    host: told.TENURE_HOST,
    publicUrl,
    tls,
    trustedProxies: told.TENURE_TRUSTED_PROXIES,
    monitoringPort: told.TENURE_MONITORING_PORT ?? null,
    requestsPerMinute: limit(told.TENURE_REQUESTS_PER_MINUTE, publicUrl === null ? null : REQUESTS_PER_MINUTE),
    failuresPerMinute: limit(told.TENURE_FAILURES_PER_MINUTE, publicUrl === null ? null : FAILURES_PER_MINUTE),
    graphqlPage: told.TENURE_GRAPHQL_PAGE ?? told.NODE_ENV !== "production",
    openId,
  };
};

const openIdOf = (environment: Environment, problems: string[]): OpenIdConfiguration | null => {
  try {
    return readOpenId(environment);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    problems.push(...error.problems);
    return null;
  }
};

/** @param told 0: no limit */
const limit = (told: number | undefined, otherwise: number | null): number | null => {
  if (told === undefined) return otherwise;
  return told === 0 ? null : told;
};

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(text);
  if (pathname !== "/" || `${search}${hash}${username}${password}` !== "") return false;
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname.replace(/[[\]]/g, "")));
}

/** Those of the list; what is none of both is not in it. */
export const blockListOf = (all: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const one of all) {
    const [address = "", bits] = one.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
};

function isAddressOrSubnet(text: string): boolean {
  try {
    blockListOf([text]);
    return /^[^/]+(\/\d{1,3})?$/.test(text);
  } catch {
    return false;
  }
}
