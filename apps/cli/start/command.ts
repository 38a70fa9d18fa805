import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Configuration, ConfigurationError, HELP, readConfiguration } from "./configuration.js";
import { type Entries, launch, LaunchFailure } from "./launch.js";
import { listenForStop } from "./stop-request.js";

/** `tenure start`, which is `npm start`. */
export const run = async (argv: string[]): Promise<number> => {
  let configuration: Configuration | "help";
  try {
    configuration = readConfiguration(argv, process.env);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    console.error(error.message);
    return 1;
  }
  if (configuration === "help") {
    console.log(HELP);
    return 0;
  }
  const stop = listenForStop();
  try {
    await launch(configuration, { entries: builtEntries(), log: console.log, stop, environment: process.env });
    return 0;
  } catch (error) {
    if (!(error instanceof LaunchFailure)) throw error;
    console.error(error.message);
    return 1;
  } finally {
    stop.close();
    // An open IPC channel to a test would keep the process running.
    if (process.connected) process.disconnect();
  }
};

/** The built programs, in the same dist folder. */
const builtEntries = (): Entries => {
  const apps = fileURLToPath(new URL("../../", import.meta.url));
  const main = (app: string): string => join(apps, app, "main.js");
  return {
    api: main("api"),
    worker: main("worker"),
    fakes: { zendesk: main("fakes/zendesk"), odoo: main("fakes/odoo") },
  };
};
