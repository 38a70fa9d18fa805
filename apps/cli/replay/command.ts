import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Replay, replayJob } from "#application/audit/replay/replay-job.js";
import { KeyUnusable } from "#application/audit/signing.js";
import { StoreUnavailable, UndecodableEvent } from "#event-store/errors.js";
import { EventStoreUnusable } from "#event-store/usable.js";
import { JournalHoldsNoData } from "#read-models/journal/queries.js";
import { RebuildFailed } from "#read-models/replay/build.js";
import { discardReplay, ReplayImpossible } from "#read-models/replay/replay.js";
import { DatabaseError, withDatabase } from "../database.js";
import { runHere } from "../jobs/run-here.js";
import { withServers } from "../jobs/servers.js";
import { isId, UsageError } from "../server-options.js";
import { signingIfAny } from "../signing-key.js";

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

const EXPECTED = [
  ...[UsageError, DatabaseError, EventStoreUnusable, StoreUnavailable, KeyUnusable],
  ...[ReplayImpossible, RebuildFailed, JournalHoldsNoData, UndecodableEvent],
];

/** `tenure replay` */
export const run = async (argv: string[]): Promise<number> => {
  try {
    const told = readArguments(argv, process.env);
    if (told === null) {
      console.log(HELP);
      return 0;
    }
    const { dataDir, directory, providerId, input, isDiscarded } = told;
    if (isDiscarded) {
      await withDatabase(dataDir, process.env, discardReplay);
      return 0;
    }
    const signing = signingIfAny(dataDir, process.env);
    return await withServers(dataDir, process.env, ({ dataSource, store }) =>
      runHere({
        kind: "REPLAY",
        job: replayJob,
        input: { ...input },
        context: { dataSource, store, providerId, now: () => new Date().toISOString(), log: console.error },
        ...{ directory, signing },
      }),
    );
  } catch (error) {
    if (!EXPECTED.some((kind) => error instanceof kind)) throw error;
    console.error((error as Error).message);
    return 2;
  }
};

interface Told {
  readonly dataDir: string;
  readonly directory: string;
  readonly providerId: string | null;
  readonly input: Replay;
  readonly isDiscarded: boolean;
}

const readArguments = (argv: string[], environment: NodeJS.ProcessEnv): Told | null => {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const options = {
    ...{ source: text, provider: text, out: text, data: text, switch: flag, discard: flag },
    help: { ...flag, short: "h" },
  } as const;
  try {
    const { values } = parseArgs({ args: argv, options });
    if (values.help) return null;
    const { source = "journal", provider } = values;
    if (source !== "journal" && source !== "events") throw new Error("--source must be journal or events");
    const providerId = provider?.toLowerCase() ?? null;
    if (providerId !== null && !isId(providerId)) throw new Error("--provider must be the id of a provider");
    if (values.switch && providerId !== null) throw new Error("--switch is for all providers: leave out --provider");
    return {
      dataDir: resolve(values.data ?? (environment["TENURE_DATA"] || ".tenure")),
      directory: resolve(values.out ?? "replay"),
      providerId,
      input: { source, switchIn: values.switch },
      isDiscarded: values.discard,
    };
  } catch (error) {
    const [sentence = ""] = (error instanceof Error ? error.message : String(error)).split(/(?<=\.) /);
    throw new UsageError(`${sentence.replace(/\.$/, "")}. --help shows the options.`);
  }
};
