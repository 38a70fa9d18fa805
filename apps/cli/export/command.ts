import { exportJob } from "#application/audit/exports/export-job.js";
import { type Report } from "#application/audit/job.js";
import { program } from "#application/audit/program.js";
import { reportPdf } from "#application/audit/report-files.js";
import { type AnyJob, runJob } from "#application/audit/run-job.js";
import { KeyUnusable } from "#application/audit/signing.js";
import { Rejection } from "#domain/rejection.js";
import { StoreUnavailable } from "#event-store/errors.js";
import { EventStoreUnusable } from "#event-store/usable.js";
import { NotAtOnePosition } from "#read-models/exports/snapshot.js";
import { ProviderStalled } from "#read-models/runner/stalls.js";
import { DatabaseError } from "../database.js";
import { NewDirectoryPlace } from "../jobs/new-directory-place.js";
import { withServers } from "../jobs/servers.js";
import { ProgressBar } from "../progress.js";
import { UsageError } from "../server-options.js";
import { signingIfAny } from "../signing-key.js";
import { table } from "../table.js";
import { HELP, type Options, readOptions } from "./options.js";

const INTERRUPTED = 130;

const OF_THE_USER = [
  ...[DatabaseError, EventStoreUnusable, StoreUnavailable, KeyUnusable],
  ...[ProviderStalled, NotAtOnePosition, Rejection],
];

/** `tenure export`. Returns the exit code. */
export const run = async (argv: string[]): Promise<number> => {
  try {
    const options = readOptions(argv, process.env);
    if (options === "help") {
      console.log(HELP);
      return 0;
    }
    return await interruptible((signal) => write(options, signal));
  } catch (error) {
    if (error instanceof UsageError) console.error(`${error.message} --help shows the options.`);
    else if (OF_THE_USER.some((kind) => error instanceof kind)) console.error((error as Error).message);
    else throw error;
    return 2;
  }
};

/** The first interrupt stops the export in an orderly way. */
const interruptible = async (work: (signal: AbortSignal) => Promise<number>): Promise<number> => {
  const stop = new AbortController();
  const interrupt = () => {
    stop.abort();
  };
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  try {
    return await work(stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    console.error("Interrupted; nothing was written.");
    return INTERRUPTED;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
};

const write = ({ providerId, days, out, dataDir }: Options, signal: AbortSignal): Promise<number> =>
  withServers(dataDir, process.env, async ({ dataSource, store }) => {
    const signing = signingIfAny(dataDir, process.env);
    const bar = new ProgressBar(process.stderr);
    const folder = await NewDirectoryPlace.make(out, signal, bar.show.bind(bar));
    try {
      const now = () => new Date().toISOString();
      const context = { dataSource, store, providerId, now, log: console.error };
      const input = { from: days.from, until: days.until };
      const running = { kind: "EXPORT", job: exportJob as unknown as AnyJob, input, jobId: null, program } as const;
      const report = await runJob(context, { ...running, startedAt: now() }, folder);
      bar.end();
      const kept = signing ? signing.sign(report) : report;
      await folder.append("report.pdf", await reportPdf(kept, exportJob.title));
      // Written last: a folder without it is no export.
      await folder.append("report.json", `${JSON.stringify(kept, null, 2)}\n`);
      await folder.close();
      console.log(tell(report, out));
      return report.verdict === "PROVEN" ? 0 : 1;
    } catch (error) {
      bar.end();
      await folder.discard();
      throw error;
    }
  });

const tell = ({ files, checked, covered, differences }: Report, out: string): string => {
  const rows = files.map(({ name, bytes }) => [name, String(checked[name.split(".")[0] ?? ""] ?? 0), String(bytes)]);
  const verdict = differences.length === 0 ? ["All totals agree."] : differences.map(({ says }) => says);
  return [
    ...table(["File", "Rows", "Bytes"], "lrr", rows),
    "",
    `At the position ${covered.toPosition ?? ""}, in ${out}.`,
    ...verdict,
  ].join("\n");
};
