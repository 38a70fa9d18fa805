import { instantOf } from "#domain/instant.js";
import { readArguments, SERVER_HELP, SERVER_OPTIONS, type ServerValues, UsageError } from "../server-options.js";

interface Common {
  /** Name or id. */
  readonly tariff: string;
  readonly json: boolean;
  readonly server: ServerValues;
}

export type Options =
  | (Common & {
      readonly action: "import";
      readonly file: string;
      readonly dryRun: boolean;
      /** Ends the prefixes that the file does not have. */
      readonly discontinueMissing: boolean;
      /** From when rows without an instant hold; undefined: from now on. */
      readonly from: string | undefined;
      /** Names the import to the server; undefined: it is a new one. */
      readonly key: string | undefined;
    })
  | (Common & { readonly action: "export"; readonly out: string | undefined; readonly at: string | undefined });

export const HELP = `Usage: tenure tariff ACTION --tariff NAME [options]

  import FILE   adds the rates of a CSV file that say something new; nothing where a line has a mistake
  export        writes the rates that hold now or will later as such a file

The first line names the columns, in any order: prefix, priceFirst, priceNext, and if wanted description, country,
effectiveFrom, connectFee, firstInterval, nextInterval, discontinued, forbidden, hidden, payback. What is left out or
empty is as usual: from now on, no fee, by the second, no flag.

Options
  --tariff NAME     the tariff, by its name or id
  --dry-run         of an import: records nothing; shows what would change
  --discontinue-missing
                    of an import: ends the prefixes that the file does not have, from --from on, those to come included
  --from INSTANT    of an import: from when rows without effectiveFrom hold, e.g. 2026-12-01T00:00:00Z; default: now
  --key KEY         of an import: names it to the server, so that the same import again changes nothing
  --out FILE        of an export: the file; default: the terminal
  --at INSTANT      of an export: rates that hold then or later; default: now
  --json            one JSON object per change or mistake and line, instead of tables and sentences
${SERVER_HELP}
  --help            this text`;

/** @throws UsageError */
export const readOptions = (argv: string[]): Options | "help" => {
  const { values, positionals } = parse(argv);
  if (values.help) return "help";
  const [action, ...files] = positionals;
  const { tariff, json, provider, url, token, data } = values;
  if (action === undefined) throw new UsageError("Name an action: import or export.");
  if (action !== "import" && action !== "export") {
    throw new UsageError(`There is no action "${action}": name import or export.`);
  }
  const strange = (
    action === "import" ? (["out", "at"] as const) : (["dry-run", "discontinue-missing", "from", "key"] as const)
  ).find((name) => values[name] !== undefined);
  if (strange !== undefined) throw new UsageError(`--${strange} does not go with ${action}.`);
  if (tariff === undefined) throw new UsageError("--tariff names the tariff.");
  const common = { tariff, json, server: { provider, url, token, data } };
  if (action === "export") {
    if (files.length > 0) throw new UsageError("An export has no file to read; --out names the one that is written.");
    return { ...common, action, out: values.out, at: instantGiven("at", values.at) };
  }
  const [file] = files;
  if (file === undefined || files.length > 1) throw new UsageError("Name one file.");
  const { from, key } = values;
  const acts = { dryRun: values["dry-run"] ?? false, discontinueMissing: values["discontinue-missing"] ?? false };
  return { ...common, action, file, ...acts, from: instantGiven("from", from), key };
};

const text = { type: "string" } as const;

const parse = (argv: string[]) =>
  readArguments({
    args: argv,
    allowPositionals: true,
    options: {
      ...SERVER_OPTIONS,
      ...{ tariff: text, from: text, key: text, out: text, at: text },
      ...{ "dry-run": { type: "boolean" }, "discontinue-missing": { type: "boolean" } },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });

const instantGiven = (name: string, given: string | undefined): string | undefined => {
  if (given === undefined || instantOf(given) !== undefined) return given;
  throw new UsageError(`--${name} must be an instant such as 2026-12-01T00:00:00Z, not "${given}".`);
};
