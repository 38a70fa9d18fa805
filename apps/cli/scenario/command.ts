import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Client, type Endpoint } from "../client.js";
import { UsageError } from "../server-options.js";
import { ServerFailure, withServer } from "../temporary-server.js";
import { inParallel } from "./in-parallel.js";
import { type Scenario } from "./model.js";
import { HELP, type Options, readOptions } from "./options.js";
import { notPlayed, play, type Played } from "./play/play.js";
import { printed, summary } from "./print.js";
import { exitCode, type InvalidFile, type Result, toJson } from "./result.js";
import { readScenario } from "./validate/scenario.js";
import { Problems } from "./validate/source.js";

/** `tenure scenario`, which is `npm run scenario`. Returns the exit code. */
export const run = async (argv: string[]): Promise<number> => {
  let options: Options | "help";
  try {
    options = readOptions(argv, process.env);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${HELP}`);
    return 2;
  }
  if (options === "help") {
    console.log(HELP);
    return 0;
  }
  const stop = new AbortController();
  const onSignal = (): void => {
    stop.abort();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, onSignal);
  try {
    const results = await runFiles(options, stop.signal);
    if (!options.json) console.log(summary(results));
    return exitCode(results);
  } catch (error) {
    if (stop.signal.aborted) return 130;
    throw error;
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
};

type Read = InvalidFile | { readonly file: string; readonly scenario: Scenario };

/** Reads all files first: an invalid one is neither started nor sent. */
const runFiles = async (options: Options, signal: AbortSignal): Promise<Result[]> => {
  const files = await Promise.all(options.files.map(read));
  const results = new Results(files.length, options.json ? toJson : printed);
  const valid = files.flatMap((file, index) => {
    if ("scenario" in file) return [{ ...file, index }];
    results.set(index, file);
    return [];
  });
  const runId = randomUUID();
  const playOn = async (endpoint: Endpoint): Promise<void> => {
    const client = new Client(endpoint, signal);
    await inParallel(valid, options.concurrency, async ({ file, scenario, index }) => {
      results.set(index, resultOf(file, scenario, await play(scenario, client, `${runId}/${index}`)));
    });
  };
  if (valid.length === 0) return results.all;
  try {
    await (options.server ? playOn(options.server) : withServer(signal, playOn));
  } catch (error) {
    if (!(error instanceof ServerFailure)) throw error;
    console.error(error.message);
    for (const { file, scenario, index } of valid)
      results.set(index, resultOf(file, scenario, notPlayed(error.message)));
  }
  return results.all;
};

const read = async (file: string): Promise<Read> => {
  let content: string;
  try {
    content = await readFile(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { file, problems: [{ line: 1, reason: `the file cannot be read: ${reason}` }] };
  }
  try {
    return { file, scenario: readScenario(content) };
  } catch (error) {
    if (error instanceof Problems) return { file, problems: error.all };
    throw error;
  }
};

const resultOf = (file: string, scenario: Scenario, played: Played): Result => ({
  file,
  scenario: scenario.title,
  ...played,
});

/** Prints the results in the order of the files, each as soon as possible. */
class Results {
  private readonly found = new Map<number, Result>();
  private printed = 0;

  constructor(
    private readonly count: number,
    private readonly text: (result: Result) => string,
  ) {}

  set(index: number, result: Result): void {
    this.found.set(index, result);
    for (let next = this.found.get(this.printed); next; next = this.found.get(this.printed)) {
      console.log(this.text(next));
      this.printed += 1;
    }
  }

  get all(): Result[] {
    return Array.from({ length: this.count }, (_, index) => this.found.get(index)).filter(
      (found) => found !== undefined,
    );
  }
}
