import { once } from "node:events";

/** 1: the rest of the environment comes by IPC, in a {@link RestOfEnvironment}. */
export const FOLLOWS = "TENURE_ENVIRONMENT_FOLLOWS";

/** What a launcher tells a program that it started while its servers were not there yet. */
export interface RestOfEnvironment {
  readonly type: "environment";
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The environment once all of it is known. `tenure start` has its programs load while their servers start, and tells
 * them afterwards where these are; programs that are started otherwise have it at once. A launcher that ends meanwhile
 * ends the program.
 */
export const wholeEnvironment = async (): Promise<NodeJS.ProcessEnv> => {
  if (process.env[FOLLOWS] !== "1") return process.env;
  const end = (): never => process.exit(0);
  if (!process.connected) end();
  process.once("disconnect", end);
  const [{ environment }] = (await once(process, "message")) as [RestOfEnvironment];
  process.off("disconnect", end);
  return Object.assign(process.env, environment);
};
