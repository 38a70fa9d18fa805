import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { auditInvoices, type InvoiceAudit } from "#application/audit/invoices/audit-invoices.js";
import { type AnyJob } from "#application/audit/run-job.js";
import { KeyUnusable } from "#application/audit/signing.js";
import { DEFAULT_PROVIDER_ID } from "#application/providers/default-provider.js";
import { parseDate } from "#domain/calendar.js";
import { Rejection } from "#domain/rejection.js";
import { StoreUnavailable } from "#event-store/errors.js";
import { EventStoreUnusable } from "#event-store/usable.js";
import { DatabaseError } from "../database.js";
import { runHere } from "../jobs/run-here.js";
import { withServers } from "../jobs/servers.js";
import { isId, UsageError } from "../server-options.js";
import { signingIfAny } from "../signing-key.js";

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
  --out DIR        where report and files go                      default audit-invoices-FROM-TO
  --data DIR       data folder of a running "npm start"           TENURE_DATA, default .tenure
  --help           this text

Database and event store are those that DATABASE_URL and EVENTSTORE_URL name, else those of the Tenure that runs on the
data folder. The report (report.json, differences.csv, report.pdf, documents.csv) is signed with the installation's key.

Exit code: 0 all proven, 1 something differs, 2 it could not be checked, 130 interrupted.`;

const EXPECTED = [UsageError, DatabaseError, EventStoreUnusable, StoreUnavailable, KeyUnusable];

/** `tenure audit-invoices` */
export const run = async (argv: string[]): Promise<number> => {
  try {
    const told = readArguments(argv, process.env);
    if (told === null) {
      console.log(HELP);
      return 0;
    }
    const { dataDir, directory, providerId, input } = told;
    const signing = signingIfAny(dataDir, process.env);
    return await withServers(dataDir, process.env, ({ dataSource, store }) =>
      runHere({
        kind: "AUDIT_INVOICES",
        job: auditInvoices as unknown as AnyJob,
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
  readonly providerId: string;
  readonly input: InvoiceAudit;
}

const readArguments = (argv: string[], environment: NodeJS.ProcessEnv): Told | null => {
  const text = { type: "string" } as const;
  const options = {
    ...{ from: text, to: text, customer: text, provider: text, source: text, out: text, data: text },
    help: { type: "boolean", short: "h", default: false },
  } as const;
  try {
    const { values } = parseArgs({ args: argv, options });
    if (values.help) return null;
    const { source = "journal" } = values;
    if (source !== "journal" && source !== "events") throw new Error("--source must be journal or events");
    const [from, until] = [dayOf(values.from, "--from"), dayOf(values.to, "--to")];
    if (until < from) throw new Error("--to must not be before --from");
    return {
      dataDir: resolve(values.data ?? (environment["TENURE_DATA"] || ".tenure")),
      directory: resolve(values.out ?? `audit-invoices-${from}-${until}`),
      providerId: idOf(values.provider, "--provider") ?? DEFAULT_PROVIDER_ID,
      input: { from, until, customerId: idOf(values.customer, "--customer"), source },
    };
  } catch (error) {
    const [sentence = ""] = (error instanceof Error ? error.message : String(error)).split(/(?<=\.) /);
    throw new UsageError(`${sentence.replace(/\.$/, "")}. --help shows the options.`);
  }
};

const dayOf = (given: string | undefined, option: string): string => {
  if (given === undefined) throw new Error(`${option} is missing`);
  try {
    return parseDate(given);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    throw new Error(`${option} must be a day, such as 2026-01-31`, { cause: error });
  }
};

const idOf = (given: string | undefined, option: string): string | null => {
  const id = given?.toLowerCase() ?? null;
  if (id !== null && !isId(id)) throw new Error(`${option} must be an id`);
  return id;
};
