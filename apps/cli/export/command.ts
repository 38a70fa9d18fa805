import { type ExportSummary, runExport } from "#application/exports/run-export.js";
import { Rejection } from "#domain/rejection.js";
import { NotAtOnePosition } from "#read-models/exports/snapshot.js";
import { ProviderStalled } from "#read-models/runner/stalls.js";
import { DatabaseError, withDatabase } from "../database.js";
import { UsageError } from "../server-options.js";
import { table } from "../table.js";
import { Folder, type WrittenFile } from "./folder.js";
import { HELP, type Options, readOptions } from "./options.js";

const CANCELLED = 130;

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

const OF_THE_USER = [DatabaseError, ProviderStalled, NotAtOnePosition, Rejection];

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
    return CANCELLED;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
};

const write = ({ providerId, days, out, dataDir }: Options, signal: AbortSignal): Promise<number> =>
  withDatabase(dataDir, process.env, async (dataSource) => {
    const folder = await Folder.make(out);
    try {
      const destination = {
        signal,
        append: (file: string, text: string) => folder.append(file, text),
        progress: () => undefined,
      };
      const summary = await runExport(dataSource, { providerId, days }, new Date().toISOString(), destination);
      const files = await folder.close();
      await folder.append("export.json", `${JSON.stringify(manifestOf(summary, files), null, 2)}\n`);
      await folder.close();
      console.log(tell(summary, out));
      return summary.agreements.every(({ agrees }) => agrees) ? 0 : 1;
    } catch (error) {
      await folder.discard();
      throw error;
    }
  });

/** `export.json`: written last, so that a folder without it is no export. */
const manifestOf = ({ files, ...summary }: ExportSummary, written: readonly WrittenFile[]) => {
  const rows = new Map(files.map((file) => [file.name, file.rows]));
  return { ...summary, files: written.map((file) => ({ ...file, rows: rows.get(file.name) ?? 0 })) };
};

const tell = ({ files, agreements, position, days }: ExportSummary, out: string): string => {
  const rows = table(
    ["File", "Rows"],
    "lr",
    files.map(({ name, rows: count }) => [name, String(count)]),
  );
  const differing = agreements.filter(({ agrees }) => !agrees);
  const sentences = differing.map(({ what, currency, sides }) => {
    const each = sides.map(({ of, amount }) => `${of} ${amount}`).join(", ");
    return `Totals do not agree, ${what} in ${currency}: ${each}.`;
  });
  const verdict = differing.length === 0 ? ["All totals agree."] : sentences;
  return [...rows, "", `${days.from} to ${days.until}, at the position ${position}, in ${out}.`, ...verdict].join("\n");
};
