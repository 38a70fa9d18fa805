import { resolve } from "node:path";
import { auditInvoices, type InvoiceAudit } from "#application/audit/invoices/audit-invoices.js";
import { type AnyJob } from "#application/audit/run-job.js";
import { DEFAULT_PROVIDER_ID } from "#application/providers/default-provider.js";
import { parseDate } from "#domain/calendar.js";
import { Rejection } from "#domain/rejection.js";
import { type Asked, runJobCommand } from "../jobs/job-command.js";
import { dataFolderOf, isId, providerIdOf, readArguments, UsageError } from "../server-options.js";

const HELP = `Usage: tenure audit-invoices --from DAY --to DAY [options]

Proves every invoice, credit note and period closed without one: each is computed again from exactly the events that it
was computed from, by the rules of then, and compared line by line. It changes nothing, sends nothing, and may run at any
time. One that was interrupted goes on when it is run again with the same options.

Options
  --from DAY       first day of issue, YYYY-MM-DD
  --to DAY         last day of issue
  --customer ID    only documents of this customer                default: of all
  --provider ID    of which provider                              default: the first
  --source WHERE   journal, or events: the event store, slower    default journal
  --calls          the calls that they bill are read again too, as far as they are kept
  --out DIR        where report and files go                      default audit-invoices-FROM-TO
  --data DIR       data folder of a running "npm start"           TENURE_DATA, default .tenure
  --help           this text

Database and event store are those that DATABASE_URL and EVENTSTORE_URL name, else those of the Tenure that runs on the
data folder. The report (report.json, differences.csv, report.pdf, documents.csv; usage.csv with --calls) is signed with
the installation's key.

Exit code: 0 all proven, 1 something differs, 2 it could not be checked, 130 interrupted.`;

/** `tenure audit-invoices` */
export const run = (argv: string[]): Promise<number> =>
  runJobCommand({ help: HELP, kind: "AUDIT_INVOICES", job: auditInvoices as unknown as AnyJob, expected: [] }, () =>
    readOptions(argv, process.env),
  );

/** @returns null: help is asked for @throws UsageError */
const readOptions = (argv: string[], environment: NodeJS.ProcessEnv): Asked | null => {
  const text = { type: "string" } as const;
  const options = {
    ...{ from: text, to: text, customer: text, provider: text, source: text, out: text, data: text },
    calls: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  } as const;
  const { values } = readArguments({ args: argv, options });
  if (values.help) return null;
  const { source = "journal", customer, calls } = values;
  if (source !== "journal" && source !== "events") throw new UsageError("--source must be journal or events.");
  const [from, until] = [dayOf(values.from, "--from"), dayOf(values.to, "--to")];
  if (until < from) throw new UsageError("--to must not be before --from.");
  if (customer !== undefined && !isId(customer)) throw new UsageError("--customer must be the id of a customer.");
  const input: InvoiceAudit = {
    from,
    until,
    customerId: customer?.toLowerCase() ?? null,
    source,
    ...(calls && { calls }),
  };
  return {
    dataDir: dataFolderOf(values.data, environment),
    directory: resolve(values.out ?? `audit-invoices-${from}-${until}`),
    providerId: providerIdOf(values.provider) ?? DEFAULT_PROVIDER_ID,
    input: { ...input },
  };
};

const dayOf = (given: string | undefined, option: string): string => {
  if (given === undefined) throw new UsageError(`${option} is missing.`);
  try {
    return parseDate(given);
  } catch (error) {
    if (error instanceof Rejection) throw new UsageError(`${option} must be a day, such as 2026-01-31.`);
    throw error;
  }
};
