import { writeFile } from "node:fs/promises";
import { program } from "#application/audit/program.js";
import { KeyUnusable } from "#application/audit/signing.js";
import { type CheckpointDocument, JournalBroken, takeCheckpoint } from "#application/audit/verify/checkpoint.js";
import { Rejection } from "#domain/rejection.js";
import { DatabaseError, withDatabase } from "../database.js";
import { ProgressBar } from "../progress.js";
import { dataFolderOf, providerIdOf, readArguments, tell, UsageError } from "../server-options.js";
import { signingFor } from "../signing-key.js";

const HELP = `Usage: tenure checkpoint [options]

Writes down, signed, what the journal is now: for each provider how many events its log has, and the chain of hashes over
them. Keep the file elsewhere. "tenure verify --checkpoint FILE" then finds a later rewrite even of everything, and where
it begins. The file holds hashes and no data. It may be taken at any time, from a database that DATABASE_URL names, else
the one of the Tenure that runs on the data folder.

Options
  --out FILE       a new file                               default: checkpoint-DAY.json
  --provider ID    only the log of this provider            default: of all
  --data DIR       data folder of a running "npm start"     TENURE_DATA, default .tenure
  --help           this text

Exit code: 0 written, 1 the journal does not hold, and nothing was written, 2 it could not be done.`;

/** `tenure checkpoint` */
export const run = async (argv: string[]): Promise<number> => {
  try {
    const told = readOptions(argv, process.env);
    if (told === null) {
      console.log(HELP);
      return 0;
    }
    const { dataDir, providerId, out } = told;
    const now = new Date().toISOString();
    const file = out ?? `checkpoint-${now.slice(0, 10)}.json`;
    const signing = signingFor(dataDir, process.env);
    const document = await withDatabase(dataDir, process.env, async (dataSource) => {
      const bar = new ProgressBar(process.stderr);
      const progress = (done: number, total: number): void => {
        bar.show({ phase: "reading the journal", done, total });
      };
      try {
        return await takeCheckpoint({ dataSource, providerId, program, now: () => now, progress });
      } finally {
        bar.end();
      }
    });
    await writeNew(file, `${JSON.stringify(signing.sign(document), null, 1)}\n`);
    console.log(saysOf(document, file));
    return 0;
  } catch (error) {
    if (error instanceof JournalBroken) {
      console.error(`${error.message}: nothing was written. "tenure verify" says what is wrong.`);
      return 1;
    }
    if ([DatabaseError, KeyUnusable, Rejection].some((known) => error instanceof known))
      console.error((error as Error).message);
    else tell(error);
    return 2;
  }
};

const readOptions = (argv: string[], environment: NodeJS.ProcessEnv) => {
  const text = { type: "string" } as const;
  const options = {
    out: text,
    provider: text,
    data: text,
    help: { type: "boolean", short: "h", default: false },
  } as const;
  const { out, provider, data, help } = readArguments({ args: argv, options }).values;
  if (help) return null;
  return { out, providerId: providerIdOf(provider), dataDir: dataFolderOf(data, environment) };
};

/** A checkpoint that is there is never replaced. @throws UsageError */
const writeNew = async (file: string, text: string): Promise<void> => {
  try {
    await writeFile(file, text, { flag: "wx", flush: true });
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (code === "EEXIST") throw new UsageError(`${file} is there already: name another file with --out.`);
    throw new UsageError(`${file} cannot be written (${String(code)}).`);
  }
};

const saysOf = ({ logs }: CheckpointDocument, file: string): string => {
  const events = logs.reduce((sum, { sequence }) => sum + BigInt(sequence), 0n);
  return `Wrote the checkpoint of ${logs.length} provider${logs.length === 1 ? "" : "s"} with ${events} events to ${file}.`;
};
