import { resolve } from "node:path";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { ConfigurationError } from "#configuration/environment.js";
import { readGivenToken } from "#configuration/start-token.js";
import { Client, type Endpoint, NoAnswer, Refused } from "./client.js";
import { readRunning } from "./running.js";

/** The command line is invalid; the message is for the user. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** As `parseArgs` of Node. @throws UsageError where it refuses the arguments */
export const readArguments = <Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> => {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

/** Tells what a person can do something about; throws all else. */
export const tell = (error: unknown): void => {
  if (error instanceof UsageError) console.error(`${error.message} --help shows the options.`);
  else if (error instanceof NoAnswer || error instanceof Refused) console.error(error.message);
  else throw error;
};

/** Options of commands that talk to a running server, for `parseArgs`. */
export const SERVER_OPTIONS = {
  provider: { type: "string" },
  url: { type: "string" },
  token: { type: "string" },
  data: { type: "string" },
} as const;

export const SERVER_HELP = `  --provider ID    on behalf of this provider             default: the default provider
  --url URL        a running server, e.g. http://127.0.0.1:4000; default: the one that runs on the data folder
  --token T        what to come in with                    TENURE_TOKEN, TENURE_TOKEN_FILE; default: the token of the data folder
  --data DIR       data folder of a running "npm start"   TENURE_DATA, default .tenure`;

/** Values of {@link SERVER_OPTIONS}. */
export type ServerValues = { readonly [Name in keyof typeof SERVER_OPTIONS]?: string | undefined };

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isId = (text: string): boolean => UUID.test(text);

/** The id of a provider, as it is stored; null: none is named. @throws UsageError */
export const providerIdOf = (provider: string | undefined): string | null => {
  if (provider !== undefined && !isId(provider)) throw new UsageError("--provider must be the id of a provider.");
  return provider?.toLowerCase() ?? null;
};

/** The data folder of `--data`, of the environment, or `.tenure`. */
export const dataFolderOf = (data: string | undefined, environment: NodeJS.ProcessEnv): string =>
  resolve(data ?? (environment["TENURE_DATA"] || ".tenure"));

/** A client of the server that the options name, else of the one that runs on the data folder. @throws UsageError */
export const connectTo = async (
  { provider, url, token, data }: ServerValues,
  environment: NodeJS.ProcessEnv,
): Promise<Client> => {
  const providerId = providerIdOf(provider);
  if (url !== undefined && data !== undefined) throw new UsageError("--url and --data do not go together.");
  const given = token ?? tokenOf(environment);
  const endpoint = url === undefined ? await endpointOf(data, environment) : { url: graphQlUrl(url) };
  const withToken = given === undefined ? endpoint : { ...endpoint, token: given };
  return new Client(withToken, new AbortController().signal, providerId ?? undefined);
};

/** The token of the environment; undefined: there is none. @throws UsageError */
export const tokenOf = (environment: NodeJS.ProcessEnv): string | undefined => {
  try {
    return readGivenToken(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) throw new UsageError(error.message);
    throw error;
  }
};

const endpointOf = async (data: string | undefined, environment: NodeJS.ProcessEnv): Promise<Endpoint> => {
  const folder = dataFolderOf(data, environment);
  const running = await readRunning(folder);
  if (running) return { url: running.url, token: running.token };
  throw new UsageError(
    `No Tenure runs on ${folder}: start it, name its folder with --data, or name a server with --url.`,
  );
};

/** The server's address alone is enough. @throws UsageError */
export const graphQlUrl = (text: string): string => {
  if (!URL.canParse(text) || !/^https?:/.test(text)) throw new UsageError("--url must be an http or https address.");
  const url = new URL(text);
  if (url.pathname === "/") url.pathname = "/graphql";
  return url.href;
};
