import { resolve } from "node:path";
import { parseArgs } from "node:util";

/** Everything the launcher can be told. Read here and nowhere else. */
export interface Configuration {
  /** Absolute. Used only when a server is embedded. */
  dataDir: string;
  /** 0: a free one. */
  apiPort: number;
  /** Undefined: an embedded event store. */
  eventStoreUrl?: string;
  /** Undefined: an embedded PostgreSQL. */
  databaseUrl?: string;
  /** Of the embedded servers; 0: a free one. */
  eventStorePort: number;
  postgresPort: number;
  /** Whether time can be moved through the API. Never in production. */
  testClock: boolean;
  workers: number;
  /** Of the first worker's health and metrics; 0: a free one for each. */
  workerPort: number;
}

/** One sentence per mistake, all mistakes at once. */
export class ConfigurationError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join("\n"));
    this.name = "ConfigurationError";
  }
}

export const HELP = `Usage: npm start -- [options]      (or: tenure start [options])

Runs the API and the worker. Servers that no URL is given for are started as well, with their data in one folder.

Options, which win over the environment
  --data DIR    data folder of the embedded servers        TENURE_DATA, default .tenure
  --port N      port of the API on 127.0.0.1, 0 = any      TENURE_PORT, default 4000
  --help        this text

Environment
  EVENTSTORE_URL           esdb://...      an EventStoreDB or KurrentDB; unset = embedded
  DATABASE_URL             postgres://...  a PostgreSQL; unset = embedded
  TENURE_EVENTSTORE_PORT   port of the embedded event store, 0 = any (default 2113)
  TENURE_POSTGRES_PORT     port of the embedded PostgreSQL, 0 = any (default 0)
  TENURE_TEST_CLOCK        1 = time can be moved through the API, 0 = not (default 1; with NODE_ENV=production 0, and 1 is refused)
  TENURE_WORKERS           number of worker processes (default 1)
  TENURE_ROLES             what they do: projector, biller, deliverer, separated by commas (default all)
  TENURE_WORKER_PORT       port of the first worker's health and metrics, the others follow; 0 = any (default 0)`;

type Environment = Record<string, string | undefined>;

/**
 * @returns the configuration, or "help" if that is all that was asked for
 * @throws ConfigurationError
 */
export const readConfiguration = (argv: string[], environment: Environment): Configuration | "help" => {
  const flags = readFlags(argv);
  if (flags.help) return "help";
  const problems: string[] = [];
  // A variable set to nothing is how a shell or a compose file says "unset".
  const value = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const number = (name: string, text: string | undefined, preset: number, max: number): number => {
    if (text === undefined) return preset;
    if (/^\d{1,9}$/.test(text) && Number(text) <= max) return Number(text);
    problems.push(`${name} must be a whole number from 0 to ${max}, not "${text}".`);
    return preset;
  };
  const url = (name: string, schemes: string[]): string | undefined => {
    const text = value(name);
    // The value itself stays out of the sentence: it may hold a password.
    if (text !== undefined && !schemes.some((scheme) => text.startsWith(scheme) && text.length > scheme.length)) {
      problems.push(`${name} must start with ${schemes.join(" or ")}.`);
    }
    return text;
  };
  const eventStoreUrl = url("EVENTSTORE_URL", ["esdb://", "esdb+discover://"]);
  const databaseUrl = url("DATABASE_URL", ["postgres://", "postgresql://"]);
  const configuration: Configuration = {
    dataDir: resolve(flags.data ?? value("TENURE_DATA") ?? ".tenure"),
    apiPort: number(
      flags.port === undefined ? "TENURE_PORT" : "--port",
      flags.port ?? value("TENURE_PORT"),
      4000,
      MAX_PORT,
    ),
    eventStorePort: number("TENURE_EVENTSTORE_PORT", value("TENURE_EVENTSTORE_PORT"), 2113, MAX_PORT),
    postgresPort: number("TENURE_POSTGRES_PORT", value("TENURE_POSTGRES_PORT"), 0, MAX_PORT),
    workers: number("TENURE_WORKERS", value("TENURE_WORKERS"), 1, 32),
    workerPort: number("TENURE_WORKER_PORT", value("TENURE_WORKER_PORT"), 0, MAX_PORT),
    testClock: readTestClock(value("TENURE_TEST_CLOCK"), value("NODE_ENV") === "production", problems),
    ...(eventStoreUrl === undefined ? {} : { eventStoreUrl }),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  };
  problems.push(...samePorts(configuration));
  if (problems.length > 0) throw new ConfigurationError(problems);
  return configuration;
};

const MAX_PORT = 65_535;

const readFlags = (argv: string[]): { data?: string | undefined; port?: string | undefined; help: boolean } => {
  try {
    const options = {
      data: { type: "string" },
      port: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    } as const;
    const { data, port, help } = parseArgs({ args: argv, options }).values;
    if (data === "") throw new Error("--data needs the name of a folder.");
    return { data, port, help };
  } catch (error) {
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(/(?<=\.) /);
    throw new ConfigurationError([`${(sentence ?? "").replace(/\.$/, "")}. "npm start -- --help" shows the options.`]);
  }
};

const readTestClock = (text: string | undefined, production: boolean, problems: string[]): boolean => {
  if (text !== undefined && text !== "0" && text !== "1")
    problems.push(`TENURE_TEST_CLOCK must be 1 or 0, not "${text}".`);
  if (text === "1" && production) {
    problems.push(
      "TENURE_TEST_CLOCK=1 is refused with NODE_ENV=production: a clock that can be moved issues invoices for days that never were.",
    );
  }
  return text === undefined ? !production : text === "1";
};

const samePorts = ({ apiPort, eventStorePort, postgresPort, eventStoreUrl, databaseUrl }: Configuration): string[] => {
  const ports = [
    { name: "TENURE_PORT", port: apiPort },
    ...(eventStoreUrl === undefined ? [{ name: "TENURE_EVENTSTORE_PORT", port: eventStorePort }] : []),
    ...(databaseUrl === undefined ? [{ name: "TENURE_POSTGRES_PORT", port: postgresPort }] : []),
  ].filter(({ port }) => port !== 0);
  return ports.flatMap(({ name, port }, index) => {
    const earlier = ports.slice(0, index).find((other) => other.port === port);
    return earlier === undefined ? [] : [`${earlier.name} and ${name} must not be the same port (${port}).`];
  });
};
