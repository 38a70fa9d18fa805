import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ConfigurationError, type Environment } from "#configuration/environment.js";
import { DEFAULT_PROVIDER_ID } from "#application/providers/default-provider.js";
import { configuredTargets } from "../configured-targets.js";

const OTHER = "11111111-6f0c-4d27-9c0e-1b1c5f1d2a90";
const SMTP = { SMTP_URL: "smtp://mail.example.com", SMTP_FROM: "Example <billing@example.com>" };
const folder = mkdtempSync(join(tmpdir(), "tenure-mail-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const fileOf = (content: string): Environment => {
  const path = join(folder, "integrations.yaml");
  writeFileSync(path, content);
  return { TENURE_INTEGRATIONS_FILE: path };
};

const shown = (environment: Environment, provider = DEFAULT_PROVIDER_ID): Record<string, string> | "off" => {
  const [target] = configuredTargets(environment);
  if (!target?.isOn(provider)) return "off";
  return Object.fromEntries(target.configuration(provider).map(({ key, value }) => [key, value]));
};

const problems = (environment: Environment): readonly string[] => {
  try {
    configuredTargets(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
};

describe("mail", () => {
  it("is off unless it is configured", () => {
    expect(configuredTargets({})).toEqual([]);
    expect(configuredTargets({ SMTP_URL: " " })).toEqual([]);
  });

  it("of the default provider is configured by variables, and shown without its password", () => {
    const environment = { ...SMTP, SMTP_USER: "tenure", SMTP_PASSWORD: "hunter2" };
    expect(shown(environment)).toEqual({
      ...SMTP,
      SMTP_URL: "smtp://mail.example.com:587",
      SMTP_USER: "tenure",
      SMTP_PASSWORD: "********",
    });
    expect(shown(environment, OTHER)).toBe("off");
  });

  it("of others is configured in a file, with secrets in files of their own", () => {
    writeFileSync(join(folder, "password"), "hunter2\n");
    const environment = fileOf(`
${OTHER}:
  SMTP_URL: smtps://mail.example.net:4650
  SMTP_FROM: bills@example.net
  SMTP_USER: bills
  SMTP_PASSWORD: { file: password }
`);
    expect(shown(environment, OTHER)).toEqual({
      SMTP_URL: "smtps://mail.example.net:4650",
      SMTP_FROM: "bills@example.net",
      SMTP_USER: "bills",
      SMTP_PASSWORD: "********",
    });
    expect(shown(environment)).toBe("off");
    expect(shown({ ...environment, ...SMTP })).toMatchObject({ SMTP_FROM: SMTP.SMTP_FROM });
  });

  it("goes into a folder where no server is configured", () => {
    const environment = { ...SMTP, TENURE_MAIL_FOLDER: "/data/mails" };
    expect(shown(environment)).toMatchObject({ SMTP_FROM: SMTP.SMTP_FROM });
    expect(shown(environment, OTHER)).toEqual({ TENURE_MAIL_FOLDER: "/data/mails" });
  });
});

describe("mistakes in the configuration of mail", () => {
  it.each<[Environment, string]>([
    [{ ...SMTP, SMTP_URL: "http://mail" }, "SMTP_URL must be set, and start with smtp:// or smtps://."],
    [{ SMTP_FROM: SMTP.SMTP_FROM }, "SMTP_URL must be set, and start with smtp:// or smtps://."],
    [
      { ...SMTP, SMTP_URL: "smtp://mail.example.com/x" },
      "SMTP_URL must name a host and may name a port: smtp://mail.example.com:587.",
    ],
    [
      { ...SMTP, SMTP_URL: "smtp://a:hunter2@mail.example.com" },
      "SMTP_URL must not hold a user or password: SMTP_USER and SMTP_PASSWORD do.",
    ],
    [{ SMTP_URL: SMTP.SMTP_URL }, "SMTP_FROM must be set beside SMTP_URL."],
    [
      { ...SMTP, SMTP_FROM: "a@example.com, b@example.com" },
      'SMTP_FROM must be one address, such as billing@example.com or "Example <billing@example.com>".',
    ],
    [{ ...SMTP, SMTP_USER: "tenure" }, "SMTP_USER and SMTP_PASSWORD must be set together."],
  ])("%j", (environment, problem) => {
    expect(problems(environment)).toEqual([problem]);
  });

  it("of one provider are told together", () => {
    expect(problems({ SMTP_URL: "smtp://a:b@mail.example.com", SMTP_FROM: "nobody" })).toEqual([
      "SMTP_URL must not hold a user or password: SMTP_USER and SMTP_PASSWORD do.",
      'SMTP_FROM must be one address, such as billing@example.com or "Example <billing@example.com>".',
    ]);
  });

  it("are all told, with the provider that they are about, and without secrets", () => {
    const environment = fileOf(`
${OTHER}:
  SMTP_URL: hunter2
  SMTP_FROM: bills@example.net
22222222-6f0c-4d27-9c0e-1b1c5f1d2a90:
  SMTP_URL: smtp://mail.example.net
`);
    expect(problems(environment)).toEqual([
      `TENURE_INTEGRATIONS_FILE, provider ${OTHER}: SMTP_URL must be set, and start with smtp:// or smtps://.`,
      "TENURE_INTEGRATIONS_FILE, provider 22222222-6f0c-4d27-9c0e-1b1c5f1d2a90: SMTP_FROM must be set beside SMTP_URL.",
    ]);
  });

  it("in the file's form are told", () => {
    const environment = fileOf(`
somebody:
  SMTP_URLS: smtp://mail.example.net
  SMTP_PASSWORD: { file: nowhere }
  SMTP_USER: [a]
${OTHER}: smtp
`);
    const place = "TENURE_INTEGRATIONS_FILE, provider";
    expect(problems(environment)).toEqual([
      `${place} somebody: that is not the id of a provider.`,
      `${place} somebody: there is no setting SMTP_URLS.`,
      expect.stringMatching(/provider somebody: SMTP_PASSWORD cannot be read from its file: ENOENT/),
      `${place} somebody: SMTP_USER must be a text or {file: PATH}.`,
      `${place} ${OTHER}: its settings must be names with values.`,
    ]);
  });

  it("are a file that is not there, or that is no YAML, or that configures what the environment does", () => {
    expect(problems({ TENURE_INTEGRATIONS_FILE: join(folder, "nowhere") })).toEqual([
      expect.stringMatching(/^TENURE_INTEGRATIONS_FILE is .*nowhere, but it cannot be read: ENOENT/),
    ]);
    expect(problems(fileOf("a: [hunter2"))).toEqual([expect.not.stringContaining("hunter2")]);
    expect(problems(fileOf("- a"))).toEqual([
      expect.stringMatching(/it must map ids of providers to their settings\.$/),
    ]);
    expect(problems({ ...fileOf(`${DEFAULT_PROVIDER_ID}: { SMTP_FROM: a@b.c }`), ...SMTP })).toEqual([
      "TENURE_INTEGRATIONS_FILE configures the default provider, and so do variables of the environment: choose one.",
    ]);
  });

  it("is not an empty file", () => {
    expect(problems(fileOf("# nothing yet\n"))).toEqual([]);
  });
});
