import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { createEventStore } from "#event-store/event-store-db.js";
import { StoreUnavailable } from "#event-store/errors.js";
import { EventStoreUnusable, requireUsable } from "#event-store/usable.js";
import { verifyLog, type VerifiedLog } from "#event-store/verify-log.js";
import { readRunning } from "../running.js";

const HELP = `Usage: tenure verify-chain [options]

Recomputes the chain of content hashes of every stream and names the first broken link of each stream that has one.
It reads only, and may run at any time. The event store is the one that EVENTSTORE_URL names, else the embedded one of
the Tenure that runs on the data folder.

Options
  --provider ID  only the streams of this provider          default: of all
  --data DIR     data folder of a running "npm start"       TENURE_DATA, default .tenure
  --help         this text

Exit code: 0 every link holds, 1 a link is broken, 2 it could not be checked.`;

/** An error whose message is one sentence for the user. */
class VerifyError extends Error {
  override readonly name = "VerifyError";
}

/** `tenure verify-chain` */
export const run = async (argv: string[]): Promise<number> => {
  try {
    const told = readArguments(argv, process.env);
    if (told === null) {
      console.log(HELP);
      return 0;
    }
    const result = await verify(await urlOf(told.dataDir, process.env), told.provider);
    console.log(reportOf(result));
    return result.broken.length === 0 ? 0 : 1;
  } catch (error) {
    if (![VerifyError, EventStoreUnusable, StoreUnavailable].some((kind) => error instanceof kind)) throw error;
    console.error((error as Error).message);
    return 2;
  }
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const readArguments = (argv: string[], environment: NodeJS.ProcessEnv) => {
  const options = {
    provider: { type: "string" },
    data: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  } as const;
  try {
    const { provider: given, data, help } = parseArgs({ args: argv, options }).values;
    const provider = given?.toLowerCase();
    if (provider !== undefined && !UUID.test(provider)) throw new Error("--provider must be the id of a provider");
    return help ? null : { provider, dataDir: resolve(data ?? (environment["TENURE_DATA"] || ".tenure")) };
  } catch (error) {
    const [sentence = ""] = (error instanceof Error ? error.message : String(error)).split(/(?<=\.) /);
    throw new VerifyError(`${sentence.replace(/\.$/, "")}. --help shows the options.`);
  }
};

const urlOf = async (dataDir: string, environment: NodeJS.ProcessEnv): Promise<string> => {
  const url = environment["EVENTSTORE_URL"] || (await readRunning(dataDir))?.eventStoreUrl;
  if (url) return url;
  throw new VerifyError(`No Tenure runs on ${dataDir}: start it, name its folder with --data, or set EVENTSTORE_URL.`);
};

const verify = async (url: string, provider: string | undefined): Promise<VerifiedLog> => {
  const store = createEventStore({ url });
  try {
    await requireUsable(store, url);
    return await verifyLog(store, { ...(provider !== undefined && { provider }) });
  } finally {
    await store.close();
  }
};

const reportOf = ({ streams, events, broken }: VerifiedLog): string => {
  const links = broken.map(({ stream, revision, type, reason }) => `${stream}@${revision} ${type}: ${reason}`);
  const found = broken.length === 0 ? "every link holds" : `broken in ${count(broken.length, "stream")}`;
  return [...links, `${count(events, "event")} in ${count(streams, "stream")}: ${found}.`].join("\n");
};

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;
