import { z } from "zod";
import {
  ConfigurationError,
  DATABASE_SCHEMES,
  type Environment,
  EVENT_STORE_SCHEMES,
  given,
  MAX_PORT,
  readEnvironment,
  switched,
  url,
  wholeNumber,
} from "#configuration/environment.js";
import { type FrontDoorConfiguration, readFrontDoor } from "#configuration/front-door.js";

import { type ClaimNames, DEFAULT_CLAIMS } from "./http/authentication/jwt-settings.js";

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
  /** Default: this machine only. */
  readonly door?: FrontDoorConfiguration;
  /** Claims of those who sign in at an OpenID provider. Default: DEFAULT_CLAIMS. */
  readonly claims?: ClaimNames;
}

const variables = z
  .object({
    TENURE_PORT: wholeNumber("TENURE_PORT", MAX_PORT).default(4000),
    TENURE_TEST_CLOCK: switched("TENURE_TEST_CLOCK").default(false),
    EVENTSTORE_URL: url("EVENTSTORE_URL", EVENT_STORE_SCHEMES, "must be set, and start"),
    DATABASE_URL: url("DATABASE_URL", DATABASE_SCHEMES, "must be set, and start"),
    NODE_ENV: z.string().optional(),
  })
  .transform((told) => ({
    eventStoreUrl: told.EVENTSTORE_URL,
    databaseUrl: told.DATABASE_URL,
    port: told.TENURE_PORT,
    // Whatever was asked for: a clock that can be moved issues invoices for days that never were.
    testClock: told.TENURE_TEST_CLOCK && told.NODE_ENV !== "production",
  }));

/** @throws ConfigurationError */
export const readConfiguration = (environment: Environment): Configuration => {
  const problems: string[] = [];
  const told = attempt(problems, () => readEnvironment(variables, environment));
  const door = attempt(problems, () => readFrontDoor(environment));
  if (told === undefined || door === undefined) throw new ConfigurationError(problems);
  return { ...told, door, claims: claimsOf(environment) };
};

/** How claims are named, in tokens and of those who sign in. */
const claimsOf = (environment: Environment): ClaimNames => {
  const told = given(environment);
  const provider = told["TENURE_JWT_PROVIDER_CLAIM"];
  return {
    roles: told["TENURE_JWT_ROLES_CLAIM"] ?? DEFAULT_CLAIMS.roles,
    customer: told["TENURE_JWT_CUSTOMER_CLAIM"] ?? DEFAULT_CLAIMS.customer,
    ...(provider !== undefined && { provider }),
  };
};

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
