import { resolve } from "node:path";
import { type Replay, replayJob } from "#application/audit/replay/replay-job.js";
import { UndecodableEvent } from "#event-store/errors.js";
import { JournalHoldsNoData } from "#read-models/journal/queries.js";
import { RebuildFailed } from "#read-models/replay/build.js";
import { discardReplay, ReplayImpossible } from "#read-models/replay/replay.js";
import { withDatabase } from "../database.js";
import { type Asked, runJobCommand } from "../jobs/job-command.js";
import { dataFolderOf, providerIdOf, readArguments, UsageError } from "../server-options.js";

const HELP = `Usage: tenure replay [options]

Rebuilds every read model beside the live one, from the first event on, and compares them row by row. Tenure goes on
meanwhile; nothing is sent. What was rebuilt is discarded in the end, unless it is to be switched in. One that was
interrupted goes on when it is run again with the same options.

Options
  --source WHERE   journal, or events: the event store, slower    default journal
  --switch         put the rebuilt read models in the place of the live ones, in one transaction
  --provider ID    only rows of this provider                     default: of all
  --discard        only remove what an interrupted replay has built
  --out DIR        where report and files go                      default replay
  --data DIR       data folder of a running "npm start"           TENURE_DATA, default .tenure
  --help           this text

Database and event store are those that DATABASE_URL and EVENTSTORE_URL name, else those of the Tenure that runs on the
data folder. The report (report.json, differences.csv, report.pdf, tables.csv) is signed with the installation's key.

Exit code: 0 all rows are as the events make them, 1 some are not, 2 it could not be done, 130 interrupted.`;

const EXPECTED = [ReplayImpossible, RebuildFailed, JournalHoldsNoData, UndecodableEvent];

/** `tenure replay` */
export const run = (argv: string[]): Promise<number> =>
  runJobCommand({ help: HELP, kind: "REPLAY", job: replayJob, expected: EXPECTED }, async () => {
    const asked = readOptions(argv, process.env);
    if (!asked?.isDiscarded) return asked;
    await withDatabase(asked.dataDir, process.env, discardReplay);
    return 0;
  });

/** @returns null: help is asked for @throws UsageError */
const readOptions = (
  argv: string[],
  environment: NodeJS.ProcessEnv,
): (Asked & { readonly isDiscarded: boolean }) | null => {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const options = {
    ...{ source: text, provider: text, out: text, data: text, switch: flag, discard: flag },
    help: { ...flag, short: "h" },
  } as const;
  const { values } = readArguments({ args: argv, options });
  if (values.help) return null;
  const { source = "journal", switch: switchIn, discard: isDiscarded } = values;
  if (source !== "journal" && source !== "events") throw new UsageError("--source must be journal or events.");
  const providerId = providerIdOf(values.provider);
  if (switchIn && providerId !== null) {
    throw new UsageError("--switch is for all providers: leave out --provider.");
  }
  const input: Replay = { source, switchIn };
  return {
    dataDir: dataFolderOf(values.data, environment),
    directory: resolve(values.out ?? "replay"),
    ...{ providerId, isDiscarded, input: { ...input } },
  };
};
