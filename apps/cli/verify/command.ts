import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type JobContext, type Json } from "#application/audit/job.js";
import { type AnyJob } from "#application/audit/run-job.js";
import { KeyUnusable } from "#application/audit/signing.js";
import { CheckpointRefused, verification, type VerifyInput } from "#application/audit/verify/verify.js";
import { StoreUnavailable } from "#event-store/errors.js";
import { EventStoreUnusable } from "#event-store/usable.js";
import { createDataSource } from "#read-models/data-source.js";
import { DatabaseError } from "../database.js";
import { runHere } from "../jobs/run-here.js";
import { withServers, withStore } from "../jobs/servers.js";
import { isId, readArguments, tell, UsageError } from "../server-options.js";
import { signingFor, signingIfAny } from "../signing-key.js";

const HELP = `Usage: tenure verify [options]

Proves that event store and journal hold the same events in the same order, and that their chains of hashes hold. It names
what was changed, removed, added, reordered or cut off, and on which side. It reads only, and may run at any time.

Options
  --checkpoint FILE  compare both with what "tenure checkpoint" wrote down: a rewrite of everything shows, too
  --key FILE         the public key (PEM) of the checkpoint    default: that of this installation
  --provider ID      only the log of this provider             default: of all
  --events-only      look at the event store alone, without a database: only its chains tell what was changed
  --out DIR          where the report goes                     default verify-DAY
  --data DIR         data folder of a running "npm start"      TENURE_DATA, default .tenure
  --help             this text

Database and event store are those that DATABASE_URL and EVENTSTORE_URL name, else those of the Tenure that runs on the
data folder. The report (report.json, differences.csv, report.pdf) is signed with the installation's key.

Exit code: 0 proven, 1 something differs, 2 it could not be checked, 130 interrupted.`;

const EXPECTED = [DatabaseError, EventStoreUnusable, StoreUnavailable, KeyUnusable, CheckpointRefused];

/** `tenure verify` */
export const run = async (argv: string[]): Promise<number> => {
  try {
    const told = await readOptions(argv, process.env);
    if (told === null) {
      console.log(HELP);
      return 0;
    }
    const { dataDir, directory, providerId, input } = told;
    const signing = signingIfAny(dataDir, process.env);
    const prove = (servers: Pick<JobContext, "dataSource" | "store">): Promise<number> =>
      runHere({
        kind: "VERIFY",
        job: verification as unknown as AnyJob,
        input: { ...input },
        context: { ...servers, providerId, now: () => new Date().toISOString(), log: console.error },
        ...{ directory, signing },
      });
    return input.eventsOnly
      ? // Never connected: nothing is asked of it.
        await withStore(dataDir, process.env, (store) => prove({ store, dataSource: createDataSource("postgres://") }))
      : await withServers(dataDir, process.env, prove);
  } catch (error) {
    if (EXPECTED.some((kind) => error instanceof kind)) console.error((error as Error).message);
    else tell(error);
    return 2;
  }
};

interface Told {
  readonly dataDir: string;
  readonly directory: string;
  readonly providerId: string | null;
  readonly input: VerifyInput;
}

const readOptions = async (argv: string[], environment: NodeJS.ProcessEnv): Promise<Told | null> => {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const options = {
    ...{ checkpoint: text, key: text, provider: text, out: text, data: text, "events-only": flag },
    help: { ...flag, short: "h" },
  } as const;
  const { values } = readArguments({ args: argv, options });
  if (values.help) return null;
  const { provider, checkpoint, key } = values;
  if (provider !== undefined && !isId(provider)) throw new UsageError("--provider must be the id of a provider.");
  if (key !== undefined && checkpoint === undefined) throw new UsageError("--key is the key of a --checkpoint.");
  const dataDir = resolve(values.data ?? (environment["TENURE_DATA"] || ".tenure"));
  const trusted = async (): Promise<string> =>
    key === undefined ? signingFor(dataDir, environment).publicKey : contentOf(key);
  return {
    dataDir,
    directory: resolve(values.out ?? `verify-${new Date().toISOString().slice(0, 10)}`),
    providerId: provider?.toLowerCase() ?? null,
    input: {
      checkpoint: checkpoint === undefined ? null : parsed(checkpoint, await contentOf(checkpoint)),
      publicKey: checkpoint === undefined ? null : await trusted(),
      eventsOnly: values["events-only"],
    },
  };
};

/** @throws UsageError */
const contentOf = async (file: string): Promise<string> => {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(`${file} cannot be read (${String((error as { readonly code?: unknown }).code)}).`);
  }
};

/** @throws UsageError */
const parsed = (file: string, text: string): Json => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new UsageError(`${file} holds no JSON.`);
  }
};
