import { resolve } from "node:path";
import { DEFAULT_PROVIDER_ID } from "#application/providers/default-provider.js";
import { exportDays } from "#application/exports/run-export.js";
import { type PeriodDays } from "#domain/calendar.js";
import { Rejection } from "#domain/rejection.js";
import { dataFolderOf, providerIdOf, readArguments, UsageError } from "../server-options.js";

export interface Options {
  readonly providerId: string;
  /** Both included. */
  readonly days: PeriodDays;
  /** The folder that the files are written to. */
  readonly out: string;
  readonly dataDir: string;
}

export const HELP = `Usage: tenure export --from DAY --to DAY --out DIR [options]

Writes what finance keeps as CSV files into a folder of their own: invoices, their lines, credit notes, payments,
statements of account, the discount ledger, penalties outstanding, and revenue by month and kind; with totals, and a
report (report.json, report.pdf), signed with the installation's key, which says whether they agree. All files show one moment, whose position of the log they name. It reads
only, and may run at any time.

Options
  --from DAY     the first day, e.g. 2020-08-01: of issue, of payment, of movement
  --to DAY       the last day, included
  --out DIR      a folder that is empty, or not there yet
  --provider ID  of this provider                          default: the default provider
  --data DIR     data folder of a running "npm start"      TENURE_DATA, default .tenure
  --help         this text

Database and event store are those that DATABASE_URL and EVENTSTORE_URL name, else those of the Tenure that runs on the
data folder.

Exit code: 0 written, and totals agree; 1 written, but totals do not agree; 2 it could not be done; 130 interrupted.
After 2 and 130 none of the files is left.`;

/** @returns the options, or "help" if only help was requested @throws UsageError */
export const readOptions = (argv: string[], environment: NodeJS.ProcessEnv): Options | "help" => {
  const { values } = readArguments({
    args: argv,
    options: {
      from: { type: "string" },
      to: { type: "string" },
      out: { type: "string" },
      provider: { type: "string" },
      data: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  const { from, to, out, provider, data } = values;
  if (from === undefined || to === undefined || out === undefined) throw new UsageError("Give --from, --to and --out.");
  return {
    providerId: providerIdOf(provider) ?? DEFAULT_PROVIDER_ID,
    days: daysOf(from, to),
    out: resolve(out),
    dataDir: dataFolderOf(data, environment),
  };
};

const daysOf = (from: string, to: string): PeriodDays => {
  try {
    return exportDays(from, to);
  } catch (error) {
    if (error instanceof Rejection) throw new UsageError(error.message);
    throw error;
  }
};
