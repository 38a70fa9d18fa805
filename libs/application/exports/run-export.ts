import { dateOf, type Instant, parseDate, type PeriodDays } from "#domain/calendar.js";
import { nowOf } from "#domain/providers/provider.js";
import { reject } from "#domain/rejection.js";
import { type Database } from "#read-models/data-source.js";
import { rowsToExport } from "#read-models/exports/extent.js";
import { withSnapshot } from "#read-models/exports/snapshot.js";
import { providerState } from "#read-models/providers/queries.js";
import { csvHeader, csvRow } from "../csv/csv.js";
import { exportFiles } from "./files.js";
import { type Agreement, agreementsOf, type FileTotal, Totals } from "./totals.js";

/** Where the files of an export go, and who is told how far it is. */
export interface Destination {
  /** Aborted when the export is cancelled. */
  readonly signal: AbortSignal;
  /** Appends to a file, by its plain name. Awaited: what receives it may be slower. */
  append(file: string, text: string): Promise<void>;
  progress(progress: { readonly phase: string; readonly done: number; readonly total: number | null }): void;
}

/** What an export holds. */
export interface ExportSummary {
  readonly providerId: string;
  readonly days: PeriodDays;
  /** The provider's time when it was made: penalties are those of that day. */
  readonly at: Instant;
  /** The position of the log, `commit/prepare`: all files hold what was recorded until then, and nothing since. */
  readonly position: string;
  /** Rows by file, without the header. */
  readonly files: readonly { readonly name: string; readonly rows: number }[];
  readonly totals: readonly FileTotal[];
  readonly agreements: readonly Agreement[];
}

/**
 * The days of an export, both included. @throws Rejection VALIDATION_FAILED (no dates), INVALID_DATE (the wrong way round)
 */
export const exportDays = (from: string, until: string): PeriodDays => {
  const days = { from: parseDate(from, "from"), until: parseDate(until, "until") };
  if (days.from > days.until) {
    const facts = { case: "DAYS_REVERSED", ...days } as const;
    throw reject("INVALID_DATE", `${from} is after ${until}.`, { field: "from", facts });
  }
  return days;
};

/** The name of a file: what days it is of, and of which position, stays with it wherever it goes. */
export const fileNameOf = (name: string, { from, until }: PeriodDays, position: string): string =>
  `${name}.${from}.${until}.at-${position.split("/")[0] ?? ""}.csv`;

const TOTALS = { file: "CODE", measure: "CODE", currency: "CODE", amount: "AMOUNT", position: "CODE" } as const;

/**
 * Writes all files of an export from one snapshot (docs/exports.md), a thousand rows at a time.
 * @param systemNow the system's time; a provider with a test clock has its own
 * @throws ProviderStalled, NotAtOnePosition, and the signal's reason
 */
export const runExport = (
  dataSource: Database,
  { providerId, days }: { readonly providerId: string; readonly days: PeriodDays },
  systemNow: Instant,
  destination: Destination,
): Promise<ExportSummary> =>
  withSnapshot(dataSource, providerId, async (snapshot) => {
    const provider = await providerState(snapshot, providerId);
    if (!provider) throw reject("VALIDATION_FAILED", "There is no such provider.", { field: "provider" });
    const now = nowOf(provider, systemNow);
    const position = `${snapshot.position.commit}/${snapshot.position.prepare}`;
    const totals = new Totals();
    const files: { readonly name: string; readonly rows: number }[] = [];
    const expected = await rowsToExport(snapshot, days, dateOf(now, "UTC"));
    let done = 0;
    const show = (phase: string): void => {
      destination.progress({ phase, done, total: Math.max(expected, done) });
    };
    const write = async (file: string, text: string, rows: number): Promise<void> => {
      destination.signal.throwIfAborted();
      await destination.append(file, text);
      done += rows;
    };
    for (const file of exportFiles) {
      const name = fileNameOf(file.name, days, position);
      const phase = `writing ${file.name}`;
      let rows = 0;
      show(phase);
      await write(name, file.header, 0);
      for await (const part of file.parts({ snapshot, days, now })) {
        totals.add(file.name, part.measured);
        await write(name, part.text, part.rows);
        rows += part.rows;
        show(phase);
      }
      files.push({ name, rows });
    }
    const name = fileNameOf("totals", days, position);
    const rows = totals.all().map((total) => csvRow(TOTALS, { ...total, position }));
    await write(name, csvHeader(TOTALS) + rows.join(""), rows.length);
    files.push({ name, rows: rows.length });
    destination.progress({ phase: "written", done, total: done });
    return { providerId, days, at: now, position, files, totals: totals.all(), agreements: agreementsOf(totals) };
  });
