import { type PaymentMethod, paymentMethods } from "#domain/invoicing/payment-events.js";
import { readArguments, SERVER_HELP, SERVER_OPTIONS, type ServerValues, UsageError } from "../server-options.js";

/** What a payment is made of; a column each. */
export const fields = ["reference", "date", "amount", "currency", "invoice", "customer", "note"] as const;
export type Field = (typeof fields)[number];

/** How a bank writes its file. */
export interface Layout {
  readonly encoding: string;
  readonly delimiter: string;
  /** Lines before the one that names the columns. */
  readonly skip: number;
  /** Names of the columns, by field. */
  readonly columns: Readonly<Record<Field, string>>;
  /** Fields whose columns were named by the user: they must be there. */
  readonly named: ReadonlySet<Field>;
  readonly decimal: "." | ",";
  /** Of date-fns. */
  readonly dateFormat: string;
}

export interface Options {
  readonly file: string;
  readonly dryRun: boolean;
  /** The file for rows that are put aside. */
  readonly aside: string;
  /** ISO 4217 code, for files without such a column; null: each customer's. */
  readonly currency: string | null;
  readonly method: PaymentMethod;
  readonly layout: Layout;
  readonly json: boolean;
  readonly server: ServerValues;
}

const MARKS = { point: ".", comma: "," } as const;

export const HELP = `Usage: tenure payments import [options] FILE

Records the payments of a CSV file, as banks export them, through a running server. The first line names the columns;
fields may be quoted. A row's identity is its reference: what is recorded already changes nothing, so a file can be
imported again. A row is recorded for the customer of its invoice number, or for its customer, by the id or by the
identifier or an alias of one of its accounts; nothing is guessed. Rows that cannot be recorded, those without a
reference among them, are listed and put aside in a file, from which they can be imported once they are corrected. A file
with a value that cannot be read is refused whole.

Columns, by their names in the first line
  --reference COL   what identifies the payment               default: reference
  --date COL        when the money came                       default: date
  --amount COL      how much                                  default: amount
  --invoice COL     number of the invoice that it is for      default: invoice, if there is such a column
  --customer COL    who paid                                  default: customer, if there is such a column
  --currency COL    ISO 4217 code                             default: currency, if there is such a column
  --note COL        text to be kept with the payment          default: note, if there is such a column

How values are written
  --delimiter C     between fields: one character, or tab     default: ,
  --decimal MARK    point (1,234.56) or comma (1.234,56)      default: point
  --date-format F   such as dd.MM.yyyy or MM/dd/yy            default: yyyy-MM-dd
  --encoding E      such as windows-1252                      default: utf-8
  --skip N          lines before the one with the columns     default: 0
  --all-in CODE     currency of all rows                      default: each customer's own
  --method M        how the money came                        default: BANK_TRANSFER

Options
  --dry-run         records and writes nothing; shows what would be done
  --aside FILE      for rows that are put aside               default: FILE.aside.csv
  --json            one JSON object per row and line, instead of tables and sentences
${SERVER_HELP}
  --help            this text

Exit code: 0 all is recorded, 1 rows are put aside, 2 the command line or the file is invalid, or no server answers.`;

/** @returns the options, or "help" if only help was requested @throws UsageError */
export const readOptions = (argv: string[]): Options | "help" => {
  const { values, positionals } = parse(argv);
  if (values.help) return "help";
  const [action, file, more] = positionals;
  if (action !== "import") {
    throw new UsageError(
      action === undefined ? "Name an action: import." : `There is no action "${action}": name import.`,
    );
  }
  if (file === undefined || more !== undefined) throw new UsageError("Name one file.");
  const { provider, url, token, data, json } = values;
  const currency = values["all-in"] ?? null;
  if (currency !== null && values.currency !== undefined)
    throw new UsageError("--all-in and --currency do not go together.");
  const named = fields.filter((field) => values[field] !== undefined);
  return {
    file,
    dryRun: values["dry-run"],
    aside: values.aside ?? `${file}.aside.csv`,
    currency,
    method: methodOf(values.method),
    layout: {
      encoding: encodingOf(values.encoding),
      delimiter: delimiterOf(values.delimiter),
      skip: skipOf(values.skip),
      columns: Object.fromEntries(fields.map((field) => [field, values[field] ?? field])) as Record<Field, string>,
      named: new Set(named),
      decimal: decimalOf(values.decimal),
      dateFormat: values["date-format"],
    },
    json,
    server: { provider, url, token, data },
  };
};

const text = { type: "string" } as const;

const parse = (argv: string[]) =>
  readArguments({
    args: argv,
    allowPositionals: true,
    options: {
      ...SERVER_OPTIONS,
      ...{ reference: text, date: text, amount: text, currency: text, invoice: text, customer: text, note: text },
      delimiter: { ...text, default: "," },
      decimal: { ...text, default: "point" },
      "date-format": { ...text, default: "yyyy-MM-dd" },
      encoding: { ...text, default: "utf-8" },
      skip: { ...text, default: "0" },
      "all-in": text,
      method: { ...text, default: "BANK_TRANSFER" },
      "dry-run": { type: "boolean", default: false },
      aside: text,
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });

const delimiterOf = (given: string): string => {
  const delimiter = given === "tab" ? "\t" : given;
  if (delimiter.length === 1 && !'"\r\n'.includes(delimiter)) return delimiter;
  throw new UsageError(`--delimiter must be one character, or tab, not "${given}".`);
};

const decimalOf = (given: string): Layout["decimal"] => {
  if (given === "point" || given === "comma") return MARKS[given];
  throw new UsageError(`--decimal must be point or comma, not "${given}".`);
};

const encodingOf = (given: string): string => {
  try {
    return new TextDecoder(given).encoding;
  } catch {
    throw new UsageError(`--encoding "${given}" is not known: utf-8 and windows-1252, for example, are.`);
  }
};

const methodOf = (given: string): PaymentMethod => {
  const method = paymentMethods.find((known) => known === given.toUpperCase());
  if (method !== undefined) return method;
  throw new UsageError(`--method must be one of ${paymentMethods.join(", ")}, not "${given}".`);
};

const skipOf = (given: string): number => {
  if (/^\d{1,4}$/.test(given)) return Number(given);
  throw new UsageError(`--skip must be a whole number from 0 to 9999, not "${given}".`);
};
