import { z } from "zod";
import {
  ConfigurationError,
  DATABASE_SCHEMES,
  type Environment,
  EVENT_STORE_SCHEMES,
  MAX_PORT,
  readEnvironment,
  switched,
  url,
  wholeNumber,
} from "#configuration/environment.js";
import { type FrontDoorConfiguration, readFrontDoor } from "#configuration/front-door.js";
import { readStartToken } from "#configuration/start-token.js";
import { type EdgeListen, readEdgeListen } from "./edges/configuration.js";
import { type Credentials } from "./http/authentication/credentials.js";
import { type ClaimNames, DEFAULT_CLAIMS, type JwtSettings } from "./http/authentication/jwt-settings.js";

export { ConfigurationError } from "#configuration/environment.js";

/** Configuration of the API. The environment is read only here. */
export interface Configuration {
  /** `esdb://host:port?tls=false` or `esdb+discover://…`. */
  readonly eventStoreUrl: string;
  /** `postgres://…`. */
  readonly databaseUrl: string;
  /** 0: any free one. */
  readonly port: number;
  /** Whether test clocks can be set and advanced. */
  readonly testClock: boolean;
  /** Events that an answer as of another moment is made of at most. Default: MOST_EVENTS. */
  readonly asOfEvents?: number;
  /** Where edges ask and report. Default: nowhere. */
  readonly edgeListen?: EdgeListen;
  /** How requests say who asks. Default: with API keys alone. */
  readonly credentials?: Credentials;
  /** Default: this machine only. */
  readonly door?: FrontDoorConfiguration;
  /** Claims of those who sign in at an OpenID provider. Default: DEFAULT_CLAIMS. */
  readonly claims?: ClaimNames;
}

/** Over the network by TLS only; a provider on the same machine may do without. */
const providerUrl = (name: string) =>
  z.string().refine((text) => isProviderUrl(text), {
    error: `${name} must start with https://, or with http:// on this machine.`,
  });

const isProviderUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname));
};

const variables = z
  .object({
    TENURE_PORT: wholeNumber("TENURE_PORT", MAX_PORT).default(4000),
    TENURE_AS_OF_EVENTS: wholeNumber("TENURE_AS_OF_EVENTS", 999_999_999).optional(),
    TENURE_TEST_CLOCK: switched("TENURE_TEST_CLOCK").default(false),
    EVENTSTORE_URL: url("EVENTSTORE_URL", EVENT_STORE_SCHEMES, "must be set, and start"),
    DATABASE_URL: url("DATABASE_URL", DATABASE_SCHEMES, "must be set, and start"),
    TENURE_AUTH: z
      .enum(["on", "off"], { error: ({ input }) => `TENURE_AUTH must be on or off, not "${String(input)}".` })
      .default("on"),
    TENURE_JWT_ISSUER: providerUrl("TENURE_JWT_ISSUER").optional(),
    TENURE_JWT_AUDIENCE: z.string().optional(),
    TENURE_JWT_JWKS_URL: providerUrl("TENURE_JWT_JWKS_URL").optional(),
    TENURE_JWT_ROLES_CLAIM: z.string().default(DEFAULT_CLAIMS.roles),
    TENURE_JWT_PROVIDER_CLAIM: z.string().optional(),
    TENURE_JWT_CUSTOMER_CLAIM: z.string().default(DEFAULT_CLAIMS.customer),
    NODE_ENV: z.string().optional(),
  })
  .superRefine(({ TENURE_JWT_ISSUER: issuer, ...told }, context) => {
    const refuse = (message: string) => {
      context.addIssue({ code: "custom", message });
    };
    if (told.TENURE_AUTH === "off" && !isTestClock(told)) {
      refuse("TENURE_AUTH=off is accepted with the test clock only (TENURE_TEST_CLOCK=1, and never in production).");
    }
    if (issuer !== undefined && told.TENURE_JWT_AUDIENCE === undefined) {
      refuse("TENURE_JWT_AUDIENCE must be set with TENURE_JWT_ISSUER: tokens for others must not count here.");
    }
    if (issuer === undefined && (told.TENURE_JWT_AUDIENCE ?? told.TENURE_JWT_JWKS_URL) !== undefined) {
      refuse("TENURE_JWT_ISSUER must be set with the other variables of JWTs.");
    }
  });

type Told = z.output<typeof variables>;

// Whatever was asked for: a clock that can be moved issues invoices for days that never were.
const isTestClock = ({ TENURE_TEST_CLOCK, NODE_ENV }: Pick<Told, "TENURE_TEST_CLOCK" | "NODE_ENV">): boolean =>
  TENURE_TEST_CLOCK && NODE_ENV !== "production";

/** @throws ConfigurationError */
export const readConfiguration = (environment: Environment): Configuration => {
  const problems: string[] = [];
  const told = attempt(problems, () => readEnvironment(variables, environment));
  const startToken = attempt(problems, () => readStartToken(environment));
  const door = attempt(problems, () => readFrontDoor(environment));
  const edgeListen = attempt(problems, () => readEdgeListen(environment));
  if (told?.TENURE_AUTH === "off" && door && !isLoopback(door)) problems.push(ONLY_ON_LOOPBACK);
  if (told === undefined || door === undefined || problems.length > 0) throw new ConfigurationError(problems);
  return {
    eventStoreUrl: told.EVENTSTORE_URL,
    databaseUrl: told.DATABASE_URL,
    port: told.TENURE_PORT,
    testClock: isTestClock(told),
    ...(told.TENURE_AS_OF_EVENTS !== undefined && { asOfEvents: told.TENURE_AS_OF_EVENTS }),
    ...(edgeListen && { edgeListen }),
    credentials: credentialsOf(told, startToken, door),
    door,
    claims: claimsOf(told),
  };
};

const ONLY_ON_LOOPBACK = "TENURE_AUTH=off is accepted on this machine only: without TENURE_HOST and TENURE_PUBLIC_URL.";

const isLoopback = ({ host, publicUrl }: FrontDoorConfiguration): boolean =>
  publicUrl === null && ["127.0.0.1", "::1", "localhost"].includes(host);

/** What a reader reads; undefined where it refuses: then its problems are noted. */
const attempt = <Value>(problems: string[], read: () => Value): Value | undefined => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
};

/** @throws ConfigurationError where nobody could ever come in */
const credentialsOf = (told: Told, startToken: string | undefined, { openId }: FrontDoorConfiguration): Credentials => {
  if (told.TENURE_AUTH === "off") return { by: "NOBODY" };
  const jwt = jwtOf(told);
  if (startToken !== undefined || jwt || openId) {
    return { by: "TOKEN", ...(startToken !== undefined && { startToken }), ...(jwt && { jwt }) };
  }
  throw new ConfigurationError([
    "Nobody could come in: set TENURE_TOKEN or TENURE_TOKEN_FILE, the token of operators, or an OpenID provider (TENURE_JWT_ISSUER, TENURE_OIDC_ISSUER).",
  ]);
};

const jwtOf = (told: Told): JwtSettings | undefined => {
  const { TENURE_JWT_ISSUER: issuer, TENURE_JWT_AUDIENCE: audience, TENURE_JWT_JWKS_URL: jwksUrl } = told;
  if (issuer === undefined || audience === undefined) return undefined;
  return { issuer, audience, claims: claimsOf(told), ...(jwksUrl !== undefined && { jwksUrl }) };
};

/** How claims are named, in tokens and of those who sign in. */
const claimsOf = (told: Told): ClaimNames => {
  const provider = told.TENURE_JWT_PROVIDER_CLAIM;
  return {
    roles: told.TENURE_JWT_ROLES_CLAIM,
    customer: told.TENURE_JWT_CUSTOMER_CLAIM,
    ...(provider !== undefined && { provider }),
  };
};
