import { z } from "zod";
import {
  DATABASE_SCHEMES,
  EVENT_STORE_SCHEMES,
  MAX_PORT,
  readEnvironment,
  switched,
  url,
  wholeNumber,
} from "#configuration/environment.js";

export { ConfigurationError } from "#configuration/environment.js";

/** Configuration of the API. The environment is read only here. */
export interface Configuration {
  /** `esdb://host:port?tls=false` or `esdb+discover://…`. */
  readonly eventStoreUrl: string;
  /** `postgres://…`. */
  readonly databaseUrl: string;
  /** Port on 127.0.0.1; 0: any free one. */
  readonly port: number;
  /** Whether test clocks can be set and advanced. */
  readonly testClock: boolean;
}

const variables = z
  .object({
    TENURE_PORT: wholeNumber("TENURE_PORT", MAX_PORT).default(4000),
    TENURE_TEST_CLOCK: switched("TENURE_TEST_CLOCK").default(false),
    EVENTSTORE_URL: url("EVENTSTORE_URL", EVENT_STORE_SCHEMES, "must be set, and start"),
    DATABASE_URL: url("DATABASE_URL", DATABASE_SCHEMES, "must be set, and start"),
    NODE_ENV: z.string().optional(),
  })
  .transform((told): Configuration => ({
    eventStoreUrl: told.EVENTSTORE_URL,
    databaseUrl: told.DATABASE_URL,
    port: told.TENURE_PORT,
    // Whatever was asked for: a clock that can be moved issues invoices for days that never were.
    testClock: told.TENURE_TEST_CLOCK && told.NODE_ENV !== "production",
  }));

/** @throws ConfigurationError */
export const readConfiguration = (environment: Readonly<Record<string, string | undefined>>): Configuration =>
  readEnvironment(variables, environment);
