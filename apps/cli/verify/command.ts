import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type Json } from "#application/audit/job.js";
import { type AnyJob } from "#application/audit/run-job.js";
import { readSigned, SaidTwice } from "#application/audit/signing.js";
import { CheckpointRefused, verification, type VerifyInput } from "#application/audit/verify/verify.js";
import { type Asked, runJobCommand } from "../jobs/job-command.js";
import { dataFolderOf, providerIdOf, readArguments, UsageError } from "../server-options.js";
import { signingFor } from "../signing-key.js";

const HELP = `Usage: tenure verify [options]

Proves that event store and journal hold the same events in the same order, and that their chains of hashes hold. It names
what was changed, removed, added, reordered or cut off, and on which side. It reads only, and may run at any time.
One that was interrupted goes on when it is run again with the same options.

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

/** `tenure verify` */
export const run = (argv: string[]): Promise<number> =>
  runJobCommand(
    { help: HELP, kind: "VERIFY", job: verification as unknown as AnyJob, expected: [CheckpointRefused] },
    () => readOptions(argv, process.env),
  );

const readOptions = async (argv: string[], environment: NodeJS.ProcessEnv): Promise<Asked | null> => {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const options = {
    ...{ checkpoint: text, key: text, provider: text, out: text, data: text, "events-only": flag },
    help: { ...flag, short: "h" },
  } as const;
  const { values } = readArguments({ args: argv, options });
  if (values.help) return null;
  const { provider, checkpoint, key } = values;
  const providerId = providerIdOf(provider);
  if (key !== undefined && checkpoint === undefined) throw new UsageError("--key is the key of a --checkpoint.");
  const dataDir = dataFolderOf(values.data, environment);
  const trusted = async (): Promise<string> =>
    key === undefined ? signingFor(dataDir, environment).publicKey : contentOf(key);
  const eventsOnly = values["events-only"];
  const input: VerifyInput = {
    checkpoint: checkpoint === undefined ? null : parsed(checkpoint, await contentOf(checkpoint)),
    publicKey: checkpoint === undefined ? null : await trusted(),
    eventsOnly,
  };
  return {
    ...{ dataDir, providerId, eventsOnly, input: { ...input } },
    directory: resolve(values.out ?? `verify-${new Date().toISOString().slice(0, 10)}`),
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
    return readSigned(text) as Json;
  } catch (error) {
    if (error instanceof SaidTwice) throw new UsageError(`${file}: ${error.message}`);
    throw new UsageError(`${file} holds no JSON.`);
  }
};
