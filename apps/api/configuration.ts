/** Everything the API can be told. The environment is read here and nowhere else. */
export interface Configuration {
  /** `esdb://host:port?tls=false` or `esdb+discover://…`. */
  readonly eventStoreUrl: string;
  /** `postgres://…`. */
  readonly databaseUrl: string;
  /** On 127.0.0.1; 0: any free one. */
  readonly port: number;
  /** Whether time can be moved through the API. */
  readonly testClock: boolean;
}

/** One sentence per mistake, all mistakes at once. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

const MAX_PORT = 65_535;

/** @throws ConfigurationError */
export const readConfiguration = (environment: Readonly<Record<string, string | undefined>>): Configuration => {
  const problems: string[] = [];
  // A variable set to nothing is how a shell or a compose file says "unset".
  const value = (name: string): string | undefined => environment[name]?.trim() || undefined;
  // The value itself stays out of the sentence: it may hold a password.
  const url = (name: string, schemes: readonly string[]): string => {
    const text = value(name) ?? "";
    if (!schemes.some((scheme) => text.startsWith(scheme) && text.length > scheme.length)) {
      problems.push(`${name} must be set, and start with ${schemes.join(" or ")}.`);
    }
    return text;
  };
  const port = value("TENURE_PORT") ?? "4000";
  if (!/^\d{1,5}$/.test(port) || Number(port) > MAX_PORT) {
    problems.push(`TENURE_PORT must be a whole number from 0 to ${MAX_PORT}, not "${port}".`);
  }
  const testClock = value("TENURE_TEST_CLOCK") ?? "0";
  if (testClock !== "0" && testClock !== "1") problems.push(`TENURE_TEST_CLOCK must be 1 or 0, not "${testClock}".`);
  const configuration = {
    eventStoreUrl: url("EVENTSTORE_URL", ["esdb://", "esdb+discover://"]),
    databaseUrl: url("DATABASE_URL", ["postgres://", "postgresql://"]),
    port: Number(port),
    // Whatever was asked for: a clock that can be moved issues invoices for days that never were.
    testClock: testClock === "1" && value("NODE_ENV") !== "production",
  };
  if (problems.length > 0) throw new ConfigurationError(problems);
  return configuration;
};
