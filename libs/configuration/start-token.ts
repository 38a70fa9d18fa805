import { readFileSync } from "node:fs";
import { ConfigurationError, type Environment, given } from "./environment.js";

/** Shorter ones could be guessed. 43 characters are 256 bits in base64url. */
const SHORTEST = 32;
/** What a header can carry as a bearer's token. */
const FORM = /^[\w.~+/-]+=*$/;

/**
 * The token of operators that a program is started with: `TENURE_TOKEN`, or the content of the file that
 * `TENURE_TOKEN_FILE` names. No sentence about it holds any of it.
 * @returns undefined where neither is given
 * @throws ConfigurationError
 */
export const readStartToken = (environment: Environment): string | undefined => {
  const token = readGivenToken(environment);
  if (token === undefined || (token.length >= SHORTEST && FORM.test(token))) return token;
  const where = given(environment)["TENURE_TOKEN"] === undefined ? "The file of TENURE_TOKEN_FILE" : "TENURE_TOKEN";
  throw new ConfigurationError([
    `${where} must hold a token of ${SHORTEST} characters or more: letters, digits and . _ ~ + / -; "openssl rand -hex 32" makes one.`,
  ]);
};

/**
 * The same for programs that come in with a token, which may be one of any kind.
 * @throws ConfigurationError
 */
export const readGivenToken = (environment: Environment): string | undefined => {
  const { TENURE_TOKEN: token, TENURE_TOKEN_FILE: file } = given(environment);
  if (token !== undefined && file !== undefined) {
    throw new ConfigurationError(["TENURE_TOKEN and TENURE_TOKEN_FILE do not go together: choose one."]);
  }
  return file === undefined ? token : contentOf(file);
};

const contentOf = (file: string): string => {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError([`The file that TENURE_TOKEN_FILE names cannot be read: ${reason}.`]);
  }
};
