import { type Endpoint } from "../client.js";
import { graphQlUrl, readArguments, tokenOf, UsageError } from "../server-options.js";

export interface Options {
  readonly files: readonly string[];
  readonly json: boolean;
  /** URL of a running server; undefined: one is started. */
  readonly server: Endpoint | undefined;
  /** Number of scenarios in parallel. */
  readonly concurrency: number;
}

const DEFAULT_CONCURRENCY = 8;

export const HELP = `Usage: npm run scenario -- [options] FILE...      (or: tenure scenario [options] FILE...)

Plays scenario files against a server with its test clock on, each with a provider of its own, and compares what comes
out with what the file expects.

Options
  --json            one JSON object per file and line, instead of tables
  --url URL         a running server, e.g. http://127.0.0.1:4000; default: one is started in a temporary folder
  --token T         what to come in with there; default: TENURE_TOKEN, TENURE_TOKEN_FILE
  --concurrency N   scenarios side by side, 1 to 64 (default ${DEFAULT_CONCURRENCY})
  --help            this text

Exit code: 0 all as expected, 1 something differs, 2 a file is invalid.`;

/** @returns the options, or "help" if only help was requested @throws UsageError */
export const readOptions = (argv: string[], environment: NodeJS.ProcessEnv): Options | "help" => {
  const { values, positionals: files } = parse(argv);
  if (values.help) return "help";
  if (files.length === 0) throw new UsageError("Name at least one scenario file.");
  if (values.token !== undefined && values.url === undefined) throw new UsageError("--token goes with --url.");
  return {
    files,
    json: values.json,
    server:
      values.url === undefined
        ? undefined
        : { url: graphQlUrl(values.url), token: values.token ?? tokenOf(environment) },
    concurrency: count(values.concurrency),
  };
};

const parse = (argv: string[]) =>
  readArguments({
    args: argv,
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      url: { type: "string" },
      token: { type: "string" },
      concurrency: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });

const count = (text: string | undefined): number => {
  if (text === undefined) return DEFAULT_CONCURRENCY;
  if (/^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= 64) return Number(text);
  throw new UsageError(`--concurrency must be a whole number from 1 to 64, not "${text}".`);
};
