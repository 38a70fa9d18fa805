import { readFileSync } from "node:fs";
import { ConfigurationError, type Environment, given } from "./environment.js";

/** How people sign in at an OpenID provider: the code flow, with PKCE. */
export interface OpenIdConfiguration {
  /** As in the claim `iss`; its discovery document says where people sign in. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const NAMES = {
  issuer: "TENURE_OIDC_ISSUER",
  clientId: "TENURE_OIDC_CLIENT_ID",
  secret: "TENURE_OIDC_CLIENT_SECRET",
  file: "TENURE_OIDC_CLIENT_SECRET_FILE",
} as const;
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * @returns null where it is not configured
 * @throws ConfigurationError; the secret is in no sentence
 */
export const readOpenId = (environment: Environment): OpenIdConfiguration | null => {
  const told = given(environment);
  if (Object.values(NAMES).every((name) => told[name] === undefined)) return null;
  const problems: string[] = [];
  const issuer = told[NAMES.issuer] ?? "";
  const clientId = told[NAMES.clientId] ?? "";
  if (!isProvider(issuer)) {
    problems.push(`${NAMES.issuer} must be set, and start with https://, or with http:// on this machine.`);
  }
  if (clientId === "") problems.push(`${NAMES.clientId} must be set with ${NAMES.issuer}.`);
  const clientSecret = secretOf(told, problems);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return { issuer, clientId, clientSecret };
};

const isProvider = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname));
};

const secretOf = (told: Environment, problems: string[]): string => {
  const { [NAMES.secret]: secret, [NAMES.file]: file } = told;
  if ((secret === undefined) === (file === undefined)) {
    problems.push(`Set one of ${NAMES.secret} and ${NAMES.file} with ${NAMES.issuer}.`);
    return "";
  }
  if (file === undefined) return secret ?? "";
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    problems.push(`The file that ${NAMES.file} names cannot be read: ${reason}.`);
    return "";
  }
};
