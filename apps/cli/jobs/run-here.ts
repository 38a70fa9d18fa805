import { rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type JobContext, type JobKind, type Json, type Report } from "#application/audit/job.js";
import { program } from "#application/audit/program.js";
import { differencesCsv, type KeptReport, reportPdf } from "#application/audit/report-files.js";
import { type AnyJob, runJob } from "#application/audit/run-job.js";
import { type Signing } from "#application/audit/signing.js";
import { Rejection } from "#domain/rejection.js";
import { canonicalJson } from "#event-store/canonical-json.js";
import { ProgressBar } from "../progress.js";
import { DirectoryPlace } from "./directory-place.js";

export interface Here {
  readonly kind: JobKind;
  readonly job: AnyJob;
  readonly input: Json;
  readonly context: JobContext;
  /** Where report and files go; it is made where it is not there. */
  readonly directory: string;
  /** Null: the report is not signed. */
  readonly signing: Signing | null;
}

/**
 * Runs a job in this process, with a progress bar, and writes its report beside its files: `report.json` (signed),
 * `differences.csv` and `report.pdf`. One that was cut off goes on where it was saved when it is run again.
 * @returns the exit code: 0 nothing differs, 1 something does, 130 it was interrupted
 * @throws where it could not be done
 */
export const runHere = async ({ kind, job, input, context, directory, signing }: Here): Promise<number> => {
  const interrupted = new AbortController();
  const interrupt = (): void => {
    interrupted.abort(new Error("Interrupted"));
  };
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  const bar = new ProgressBar(process.stderr);
  const identity = canonicalJson({ kind, input, provider: context.providerId });
  const show = bar.show.bind(bar);
  let place: DirectoryPlace | undefined;
  try {
    place = await DirectoryPlace.of(directory, { job: identity, now: context.now() }, interrupted.signal, show);
    if (place.saved !== null) console.error("It goes on where it was cut off.");
    const { startedAt } = place;
    const report = await runJob(context, { kind, job, input, jobId: null, program, startedAt }, place);
    bar.end();
    await writeReport(directory, signing ? signing.sign(report) : report, job.title);
    await place.forget();
    console.log(summaryOf(report, directory));
    return report.verdict === "PROVEN" ? 0 : 1;
  } catch (error) {
    bar.end();
    // What is refused leaves nothing; a directory that is not empty stays.
    if (error instanceof Rejection) {
      await place?.forget();
      await rmdir(directory).catch(() => undefined);
    }
    if (!interrupted.signal.aborted) throw error;
    console.error(`Interrupted. Run it again with the same options, and it goes on in ${directory}.`);
    return 130;
  } finally {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
};

const writeReport = async (directory: string, kept: KeptReport, title: string): Promise<void> => {
  const report = "document" in kept ? kept.document : kept;
  await writeFile(join(directory, "report.json"), `${JSON.stringify(kept, null, 2)}\n`);
  await writeFile(join(directory, "differences.csv"), differencesCsv(report));
  await writeFile(join(directory, "report.pdf"), await reportPdf(kept, title));
};

const MOST_SHOWN = 20;

const summaryOf = (report: Report, directory: string): string => {
  const { checked, differences, differencesTotal } = report;
  const counts = Object.entries(checked).map(([name, count]) => `${name}: ${count}`);
  return [
    ...differences.slice(0, MOST_SHOWN).map(({ what, where, says }) => `${what} ${where}: ${says}`),
    ...(differencesTotal > MOST_SHOWN ? [`... and ${differencesTotal - MOST_SHOWN} more`] : []),
    `Checked ${counts.join(", ")}.`,
    `${differencesTotal === 0 ? "PROVEN" : `DIFFERENT in ${differencesTotal}`}: report in ${directory}.`,
  ].join("\n");
};
