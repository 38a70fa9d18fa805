import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import {
  ConfigurationError,
  DATABASE_SCHEMES,
  type Environment,
  EVENT_STORE_SCHEMES,
  given,
  MAX_PORT,
  problemsOf,
  switched,
  url,
  wholeNumber,
} from "#configuration/environment.js";

import { KeyUnusable, signingOf } from "#application/audit/signing.js";
import { readFrontDoor } from "#configuration/front-door.js";
import { readStartToken } from "#configuration/start-token.js";
import { configuredIntegrations } from "#processors/integrations.js";

import { type FakePorts } from "../demo/fakes.js";

export { ConfigurationError };

/** Configuration of the launcher. Arguments and environment are read only here. */
export interface Configuration {
  /** Absolute path. Used only when a server is embedded. */
  dataDir: string;
  /** Ports of the fakes of the demo, which the data folder holds; null: it is none. */
  demo: FakePorts | null;
  /** Port of the API; 0: any free one. */
  apiPort: number;
  /** URL of an event store; undefined: an embedded one. */
  eventStoreUrl?: string;
  /** URL of a PostgreSQL; undefined: an embedded one. */
  databaseUrl?: string;
  /** Ports of the embedded servers; 0: any free one. */
  eventStorePort: number;
  postgresPort: number;
  /** Whether test clocks can be set and advanced. Never in production. */
  testClock: boolean;
  workers: number;
  /** Port of the first worker's health and metrics; 0: any free one for each worker. */
  workerPort: number;
  mail: Mail;
  operators: Operators;
  /** Absolute path of the private key for signatures; undefined: an embedded installation's own. */
  signingKeyFile?: string;
}

/** How operators come in. */
export type Operators =
  /** By the token of the environment. */
  | { readonly by: "TOKEN"; readonly token: string }
  /** By a token that the installation makes for itself, in its data folder. */
  | { readonly by: "OWN_TOKEN" }
  /** By tokens of an OpenID provider, or by API keys. */
  | { readonly by: "OTHERS" }
  /** Nobody is asked who he is. */
  | { readonly by: "NOBODY" };

/** How mails to customers leave. */
export type Mail =
  /** As the environment says, over mail servers. */
  | { readonly by: "SMTP" }
  /** Written as files; nothing leaves. */
  | { readonly by: "FOLDER"; readonly folder: string }
  /** Not at all. */
  | { readonly by: "NOTHING" };

export const HELP = `Usage: npm start -- [options]      (or: tenure start [options])

Runs the API and the worker. Servers that no URL is given for are started as well, with their data in one folder.

Options, which win over the environment
  --data DIR    data folder of the embedded servers        TENURE_DATA, default .tenure
  --demo           a provider full of life to look around, in a data folder of its own (default .tenure-demo)
  --port N      port of the API on 127.0.0.1, 0 = any      TENURE_PORT, default 4000
  --help        this text

Environment
  EVENTSTORE_URL           esdb://...      an EventStoreDB or KurrentDB; unset = embedded
  DATABASE_URL             postgres://...  a PostgreSQL; unset = embedded
  TENURE_EVENTSTORE_PORT   port of the embedded event store, 0 = any (default 2113)
  TENURE_POSTGRES_PORT     port of the embedded PostgreSQL, 0 = any (default 0)
  TENURE_TEST_CLOCK        1 = time can be moved through the API, 0 = not (default 1; with NODE_ENV=production 0, and 1 is refused)
  TENURE_GRAPHQL_PAGE      1 = the page for trying operations is at /altair/, 0 = not (default 1; with NODE_ENV=production 0)
  TENURE_WORKERS           number of worker processes (default 1)
  TENURE_ROLES             what they do: projector, biller, deliverer, auditor, separated by commas (default all)
  TENURE_HOST, TENURE_PUBLIC_URL, TENURE_TLS_CERT_FILE, TENURE_OIDC_ISSUER, ...
                           who else may reach the API, and by which name (docs/front-door.md)
  TENURE_WORKER_PORT       port of the first worker's health and metrics, the others follow; 0 = any (default 0)
  SMTP_URL, SMTP_FROM, SMTP_USER, SMTP_PASSWORD, TENURE_INTEGRATIONS_FILE
                           mail servers for mails to customers (docs/operations.md#mail)
  ODOO_API_URL, ODOO_API_ACCESS_KEY, ODOO_MODE, ...
                           the Odoo that gets signals (docs/integrations.md#odoo)
  ZENDESK_ENABLE, ZENDESK_API_URL, ZENDESK_API_EMAIL_ADDRESS, ZENDESK_API_TOKEN, ...
                           the Zendesk of customers' tickets (docs/integrations.md#zendesk)
  TENURE_TOKEN, TENURE_TOKEN_FILE
                           the token of operators, or a file that holds it (default with an embedded server: one is
                           made at the first start and kept in the data folder)
  TENURE_AUTH              off = nobody is asked who he is; only with the test clock (default on)
  TENURE_JWT_ISSUER, TENURE_JWT_AUDIENCE, ...
                           an OpenID provider whose tokens count (docs/identity.md)
  FAKE_ZENDESK_PORT, FAKE_ODOO_PORT
                           ports of the demo's Zendesk and Odoo, 0 = any (default 4020, 4030)
  TENURE_SIGNING_KEY_FILE  private Ed25519 key (PEM) that checkpoints and reports are signed with (default with an
                           embedded server: one is made at the first start and kept in the data folder)
  TENURE_JOURNAL_HASH_ONLY categories of streams, separated by commas, of which the journal keeps hashes and no data
  TENURE_MAIL_FOLDER       folder that mails are written into where there is no mail server
                           (default: "mails" in the data folder, with an embedded server and none of the above)`;

/** @returns the configuration, or "help" if only help was requested @throws ConfigurationError */
export const readConfiguration = (argv: string[], environment: Environment): Configuration | "help" => {
  const flags = readFlags(argv);
  if (flags.help) return "help";
  const variables = given(environment);
  const told = { ...variables, TENURE_PORT: flags.port ?? variables["TENURE_PORT"] };
  const ports = portSchemas(flags.port === undefined ? "TENURE_PORT" : "--port");
  const result = schema(ports, variables["NODE_ENV"] === "production").safeParse(told);
  const demoProblems = flags.demo && result.success ? problemsOfDemo(variables, result.data) : [];
  const token = startToken(variables);
  const isOwn = result.success && (result.data.EVENTSTORE_URL === undefined || result.data.DATABASE_URL === undefined);
  const operators = operatorsOf(variables, token.given, isOwn);
  const problems = [
    ...problemsOf(result),
    ...samePorts(ports.safeParse(told).data),
    ...integrationProblems(variables),
    ...token.problems,
    ...demoProblems,
    ...(result.success && operators === undefined && token.problems.length === 0 ? [NOBODY_COMES_IN] : []),
    ...(operators?.by === "NOBODY" && result.success && !result.data.TENURE_TEST_CLOCK ? [ONLY_WITH_TEST_CLOCK] : []),
  ];
  if (!result.success || operators === undefined || problems.length > 0) throw new ConfigurationError(problems);
  const { EVENTSTORE_URL: eventStoreUrl, DATABASE_URL: databaseUrl, ...others } = result.data;
  const dataDir = resolve(flags.data ?? others.TENURE_DATA ?? (flags.demo ? ".tenure-demo" : ".tenure"));
  return {
    dataDir,
    demo: flags.demo ? { zendesk: others.FAKE_ZENDESK_PORT, odoo: others.FAKE_ODOO_PORT } : null,
    operators,
    mail: mailOf(variables, isOwn ? join(dataDir, "mails") : null),
    apiPort: others.TENURE_PORT,
    eventStorePort: others.TENURE_EVENTSTORE_PORT,
    postgresPort: others.TENURE_POSTGRES_PORT,
    workers: others.TENURE_WORKERS,
    workerPort: others.TENURE_WORKER_PORT,
    testClock: others.TENURE_TEST_CLOCK,
    ...(eventStoreUrl === undefined ? {} : { eventStoreUrl }),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(others.TENURE_SIGNING_KEY_FILE === undefined ? {} : { signingKeyFile: others.TENURE_SIGNING_KEY_FILE }),
  };
};

const NOBODY_COMES_IN =
  "Nobody could come in: with servers of your own, set TENURE_TOKEN or TENURE_TOKEN_FILE, the token of operators, or an OpenID provider (TENURE_JWT_ISSUER, TENURE_OIDC_ISSUER).";
const ONLY_WITH_TEST_CLOCK =
  "TENURE_AUTH=off is accepted with the test clock only (TENURE_TEST_CLOCK=1, and never in production).";

/** What leads outside of the demo, and what it cannot do without. */
const problemsOfDemo = (
  variables: Environment,
  { TENURE_TEST_CLOCK: testClock, TENURE_WORKERS: workers }: { TENURE_TEST_CLOCK: boolean; TENURE_WORKERS: number },
): readonly string[] => {
  const outside = Object.keys(variables).filter((name) =>
    /^(EVENTSTORE_URL|DATABASE_URL|TENURE_INTEGRATIONS_FILE)$|^(SMTP|ODOO|ZENDESK)_/.test(name),
  );
  return [
    ...outside.map((name) => `${name} must not be set with --demo, which talks to servers of its own only.`),
    ...(testClock ? [] : ["--demo needs the test clock (TENURE_TEST_CLOCK=1, and never in production)."]),
    ...(workers > 0 ? [] : ["--demo needs a worker (TENURE_WORKERS=1)."]),
  ];
};

const startToken = (
  variables: Environment,
): { readonly given?: string | undefined; readonly problems: readonly string[] } => {
  try {
    return { given: readStartToken(variables), problems: [] };
  } catch (error) {
    if (error instanceof ConfigurationError) return { problems: error.problems };
    throw error;
  }
};

/** @param isOwn whether there is a data folder @returns undefined where nobody could come in */
const operatorsOf = (variables: Environment, token: string | undefined, isOwn: boolean): Operators | undefined => {
  if (variables["TENURE_AUTH"] === "off") return { by: "NOBODY" };
  if (token !== undefined) return { by: "TOKEN", token };
  if (isOwn) return { by: "OWN_TOKEN" };
  return (variables["TENURE_JWT_ISSUER"] ?? variables["TENURE_OIDC_ISSUER"]) === undefined
    ? undefined
    : { by: "OTHERS" };
};

/** What API and workers will refuse of integrations, and of the API's front door: said before anything is started. */
const integrationProblems = (variables: Environment): readonly string[] => [
  ...problemsIn(() => configuredIntegrations(variables)),
  ...problemsIn(() => readFrontDoor(variables)),
];

const problemsIn = (read: () => unknown): readonly string[] => {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
};

/** @param embedded the folder for mails of a newcomer, who has no mail server; null: none */
const mailOf = (variables: Environment, embedded: string | null): Mail => {
  const isServed = variables["SMTP_URL"] !== undefined || variables["TENURE_INTEGRATIONS_FILE"] !== undefined;
  const given = variables["TENURE_MAIL_FOLDER"];
  const folder = given === undefined ? embedded : resolve(given);
  if (isServed) return { by: "SMTP" };
  return folder === null ? { by: "NOTHING" } : { by: "FOLDER", folder };
};

/** @param apiPort name of the option or variable that gave the API's port */
const portSchemas = (apiPort: string) =>
  z.object({
    TENURE_PORT: wholeNumber(apiPort, MAX_PORT).default(4000),
    TENURE_EVENTSTORE_PORT: wholeNumber("TENURE_EVENTSTORE_PORT", MAX_PORT).default(2113),
    TENURE_POSTGRES_PORT: wholeNumber("TENURE_POSTGRES_PORT", MAX_PORT).default(0),
    EVENTSTORE_URL: z.string().optional(),
    DATABASE_URL: z.string().optional(),
  });

const schema = (ports: ReturnType<typeof portSchemas>, production: boolean) =>
  z.object({
    EVENTSTORE_URL: url("EVENTSTORE_URL", EVENT_STORE_SCHEMES, "must start").optional(),
    DATABASE_URL: url("DATABASE_URL", DATABASE_SCHEMES, "must start").optional(),
    ...ports.omit({ EVENTSTORE_URL: true, DATABASE_URL: true }).shape,
    FAKE_ZENDESK_PORT: wholeNumber("FAKE_ZENDESK_PORT", MAX_PORT).default(4020),
    FAKE_ODOO_PORT: wholeNumber("FAKE_ODOO_PORT", MAX_PORT).default(4030),
    TENURE_WORKERS: wholeNumber("TENURE_WORKERS", 32).default(1),
    TENURE_WORKER_PORT: wholeNumber("TENURE_WORKER_PORT", MAX_PORT).default(0),
    TENURE_TEST_CLOCK: switched("TENURE_TEST_CLOCK")
      .refine((wanted) => !(wanted && production), {
        error:
          "TENURE_TEST_CLOCK=1 is refused with NODE_ENV=production: a clock that can be moved issues invoices for days that never were.",
      })
      .default(!production),
    TENURE_DATA: z.string().optional(),
    TENURE_SIGNING_KEY_FILE: z
      .string()
      .transform((file) => resolve(file))
      .superRefine((file, context) => {
        try {
          signingOf(file);
        } catch (error) {
          if (!(error instanceof KeyUnusable)) throw error;
          context.addIssue(error.message);
        }
      })
      .optional(),
  });

interface Flags {
  readonly data?: string | undefined;
  readonly port?: string | undefined;
  readonly demo: boolean;
  readonly help: boolean;
}

const readFlags = (argv: string[]): Flags => {
  try {
    const options = {
      data: { type: "string" },
      port: { type: "string" },
      demo: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    } as const;
    const { data, port, demo, help } = parseArgs({ args: argv, options }).values;
    if (data === "") throw new Error("--data needs the name of a folder.");
    return { data, port, demo, help };
  } catch (error) {
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(/(?<=\.) /);
    throw new ConfigurationError([`${(sentence ?? "").replace(/\.$/, "")}. "npm start -- --help" shows the options.`]);
  }
};

/** Of the valid ports, those used by more than one of the servers. */
const samePorts = (told: z.output<ReturnType<typeof portSchemas>> | undefined): string[] => {
  if (told === undefined) return [];
  const names = [
    "TENURE_PORT",
    ...(told.EVENTSTORE_URL === undefined ? (["TENURE_EVENTSTORE_PORT"] as const) : []),
    ...(told.DATABASE_URL === undefined ? (["TENURE_POSTGRES_PORT"] as const) : []),
  ] as const;
  const ports = names.map((name) => ({ name, port: told[name] })).filter(({ port }) => port !== 0);
  return ports.flatMap(({ name, port }, index) => {
    const earlier = ports.slice(0, index).find((other) => other.port === port);
    return earlier === undefined ? [] : [`${earlier.name} and ${name} must not be the same port (${port}).`];
  });
};
