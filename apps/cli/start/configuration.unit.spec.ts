import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type Configuration, ConfigurationError, readConfiguration } from "./configuration.js";

const TOKEN = "0123456789abcdef0123456789abcdef";
const SERVERS = { DATABASE_URL: "postgresql://db/tenure", EVENTSTORE_URL: "esdb://es" };

const read = (argv: string[], environment: Record<string, string> = {}): Configuration => {
  const configuration = readConfiguration(argv, environment);
  if (configuration === "help") throw new Error("expected a configuration");
  return configuration;
};

const problems = (argv: string[], environment: Record<string, string> = {}): readonly string[] => {
  try {
    readConfiguration(argv, environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
};

describe("the launcher's configuration", () => {
  it("needs nothing", () => {
    expect(read([])).toEqual({
      dataDir: resolve(".tenure"),
      demo: null,
      apiPort: 4000,
      eventStorePort: 2113,
      postgresPort: 0,
      workers: 1,
      workerPort: 0,
      testClock: true,
      mail: { by: "FOLDER", folder: resolve(".tenure/mails") },
      operators: { by: "OWN_TOKEN" },
    });
  });

  it.each([
    [{ DATABASE_URL: "postgresql://db/tenure" }, { by: "FOLDER", folder: "/srv/data/mails" }],
    [{ TENURE_MAIL_FOLDER: "/srv/mails" }, { by: "FOLDER", folder: "/srv/mails" }],
    [{ SMTP_URL: "smtp://mail.example.com", SMTP_FROM: "bills@example.com" }, { by: "SMTP" }],
    [{ TENURE_INTEGRATIONS_FILE: "/dev/null" }, { by: "SMTP" }],
    [{ ...SERVERS, TENURE_TOKEN: TOKEN }, { by: "NOTHING" }],
  ])("says how mails leave with %j", (environment, mail) => {
    expect(read(["--data", "/srv/data"], environment as Record<string, string>).mail).toEqual(mail);
  });

  it("tells what the API would refuse of its front door", () => {
    expect(problems([], { TENURE_HOST: "0.0.0.0", TENURE_OIDC_CLIENT_ID: "tenure" })).toEqual([
      "TENURE_PUBLIC_URL must be set where TENURE_HOST is not this machine alone: it is the name that others come by.",
      "TENURE_OIDC_ISSUER must be set, and start with https://, or with http:// on this machine.",
      "Set one of TENURE_OIDC_CLIENT_SECRET and TENURE_OIDC_CLIENT_SECRET_FILE with TENURE_OIDC_ISSUER.",
    ]);
    expect(problems([], { TENURE_OIDC_ISSUER: "https://id.example.com", TENURE_OIDC_CLIENT_SECRET: "hush" })).toEqual([
      "TENURE_OIDC_CLIENT_ID must be set with TENURE_OIDC_ISSUER.",
    ]);
  });

  it("comes from the environment", () => {
    const environment = {
      TENURE_DATA: "/var/lib/tenure",
      TENURE_PORT: "8080",
      EVENTSTORE_URL: "esdb+discover://cluster.example:2113",
      DATABASE_URL: "postgresql://user:secret@db.example/tenure",
      TENURE_EVENTSTORE_PORT: "0",
      TENURE_POSTGRES_PORT: "5433",
      TENURE_TEST_CLOCK: "0",
      TENURE_WORKERS: "3",
      TENURE_WORKER_PORT: "9464",
      TENURE_TOKEN: TOKEN,
    };
    expect(read([], environment)).toEqual({
      dataDir: "/var/lib/tenure",
      demo: null,
      apiPort: 8080,
      eventStoreUrl: "esdb+discover://cluster.example:2113",
      databaseUrl: "postgresql://user:secret@db.example/tenure",
      eventStorePort: 0,
      postgresPort: 5433,
      testClock: false,
      workers: 3,
      workerPort: 9464,
      mail: { by: "NOTHING" },
      operators: { by: "TOKEN", token: TOKEN },
    });
  });

  it.each<[string, Record<string, string>, object]>([
    ["a token of its own", {}, { by: "OWN_TOKEN" }],
    ["the token that is given", { TENURE_TOKEN: TOKEN }, { by: "TOKEN", token: TOKEN }],
    ["an OpenID provider", { ...SERVERS, TENURE_JWT_ISSUER: "https://id.example.com" }, { by: "OTHERS" }],
    ["nothing", { TENURE_AUTH: "off" }, { by: "NOBODY" }],
  ])("lets operators in by %s", (_, environment, operators) => {
    expect(read([], environment).operators).toEqual(operators);
  });

  it("lets flags win", () => {
    const { dataDir, apiPort } = read(["--data", "/srv/a", "--port=0"], {
      TENURE_DATA: "/srv/b",
      TENURE_PORT: "nonsense",
    });
    expect({ dataDir, apiPort }).toEqual({ dataDir: "/srv/a", apiPort: 0 });
  });

  it("keeps the demo in a folder of its own", () => {
    expect(read(["--demo"])).toEqual({
      ...read([]),
      demo: { zendesk: 4020, odoo: 4030 },
      dataDir: resolve(".tenure-demo"),
      mail: { by: "FOLDER", folder: resolve(".tenure-demo/mails") },
    });
    expect(read(["--demo"], { TENURE_DATA: "/srv/b" }).dataDir).toBe("/srv/b");
  });

  it("lets the demo reach nothing but its own servers", () => {
    const outside = {
      SMTP_URL: "smtp://mail.example.com",
      SMTP_FROM: "a@example.com",
      DATABASE_URL: "postgres://db/x",
    };
    expect(problems(["--demo"], { ...outside, TENURE_TEST_CLOCK: "0", TENURE_WORKERS: "0" })).toEqual([
      "SMTP_URL must not be set with --demo, which talks to servers of its own only.",
      "SMTP_FROM must not be set with --demo, which talks to servers of its own only.",
      "DATABASE_URL must not be set with --demo, which talks to servers of its own only.",
      "--demo needs the test clock (TENURE_TEST_CLOCK=1, and never in production).",
      "--demo needs a worker (TENURE_WORKERS=1).",
    ]);
  });

  it("takes an empty variable for an unset one", () => {
    expect(read([], { EVENTSTORE_URL: "", DATABASE_URL: " ", TENURE_PORT: "", TENURE_DATA: "" })).toEqual(read([]));
  });

  it("turns the test clock off in production, and refuses it there", () => {
    expect(read([], { NODE_ENV: "production" }).testClock).toBe(false);
    expect(read([], { NODE_ENV: "production", TENURE_TEST_CLOCK: "0" }).testClock).toBe(false);
    expect(problems([], { NODE_ENV: "production", TENURE_TEST_CLOCK: "1" })).toEqual([
      expect.stringContaining("TENURE_TEST_CLOCK=1 is refused with NODE_ENV=production"),
    ]);
  });

  it.each([
    [{ TENURE_PORT: "70000" }, 'TENURE_PORT must be a whole number from 0 to 65535, not "70000".'],
    [{ TENURE_WORKERS: "two" }, 'TENURE_WORKERS must be a whole number from 0 to 32, not "two".'],
    [{ TENURE_TEST_CLOCK: "yes" }, 'TENURE_TEST_CLOCK must be 1 or 0, not "yes".'],
    [{ SMTP_URL: "smtp://mail.example.com" }, "SMTP_FROM must be set beside SMTP_URL."],
    [{ EVENTSTORE_URL: "http://x" }, "EVENTSTORE_URL must start with esdb:// or esdb+discover://."],
    [
      { ...SERVERS },
      "Nobody could come in: with servers of your own, set TENURE_TOKEN or TENURE_TOKEN_FILE, the token of operators, or an OpenID provider (TENURE_JWT_ISSUER, TENURE_OIDC_ISSUER).",
    ],
    [
      { TENURE_TOKEN: "too short" },
      'TENURE_TOKEN must hold a token of 32 characters or more: letters, digits and . _ ~ + / -; "openssl rand -hex 32" makes one.',
    ],
    [
      { TENURE_AUTH: "off", TENURE_TEST_CLOCK: "0" },
      "TENURE_AUTH=off is accepted with the test clock only (TENURE_TEST_CLOCK=1, and never in production).",
    ],
    [{ TENURE_PORT: "2113" }, "TENURE_PORT and TENURE_EVENTSTORE_PORT must not be the same port (2113)."],
  ])("explains %j", (environment, sentence) => {
    expect(problems([], environment as unknown as Record<string, string>)).toEqual([sentence]);
  });

  it("never repeats a password", () => {
    expect(problems([], { DATABASE_URL: "mysql://root:hunter2@db/x" }).join()).not.toContain("hunter2");
  });

  it("tells all mistakes at once", () => {
    expect(problems([], { TENURE_PORT: "x", TENURE_WORKERS: "x", DATABASE_URL: "x" })).toHaveLength(3);
  });

  it("explains an unknown flag and knows --help", () => {
    expect(problems(["--prot", "1"])).toEqual([
      expect.stringMatching(/^Unknown option '--prot'\. "npm start -- --help" shows the options\.$/),
    ]);
    expect(problems(["--data="])).toEqual([expect.stringContaining("--data needs the name of a folder.")]);
    expect(readConfiguration(["--help"], { TENURE_PORT: "x" })).toBe("help");
  });

  it("lets the same port pass for a server that is not started", () => {
    expect(problems([], { TENURE_PORT: "2113", EVENTSTORE_URL: "esdb://localhost:2113?tls=false" })).toEqual([]);
  });
});
