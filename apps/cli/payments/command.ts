import { connectTo, tell } from "../server-options.js";
import { writeAside } from "./aside-file.js";
import { importRows, type Outcome } from "./import.js";
import { HELP, type Options, readOptions } from "./options.js";
import { report, toJson } from "./print.js";
import { FileProblems, readPaymentFile } from "./read-file.js";

/** `tenure payments`. Returns the exit code. */
export const run = async (argv: string[]): Promise<number> => {
  try {
    const options = readOptions(argv);
    if (options === "help") {
      console.log(HELP);
      return 0;
    }
    return await importFile(options);
  } catch (error) {
    if (error instanceof FileProblems) console.error(`${error.message}\nNothing was imported.`);
    else tell(error);
    return 2;
  }
};

const importFile = async (options: Options): Promise<number> => {
  const { file, json, dryRun, layout } = options;
  const { head, rows } = await readPaymentFile(file, layout);
  const client = await connectTo(options.server, process.env);
  const outcomes: Outcome[] = [];
  try {
    for await (const outcome of importRows(client, rows, options)) {
      outcomes.push(outcome);
      if (json) console.log(toJson(outcome));
    }
  } catch (error) {
    if (outcomes.length === 0) throw error;
    console.error(
      `Stopped before line ${rows[outcomes.length]?.line ?? 0}. Import the file again: what is recorded stays.`,
    );
    throw error;
  }
  const put = outcomes.filter((outcome) => outcome.outcome === "ASIDE");
  const aside = dryRun || put.length === 0 ? null : options.aside;
  if (aside !== null) await writeAside(aside, head, put, layout.delimiter);
  if (!json) console.log(report(outcomes, aside));
  return put.length === 0 ? 0 : 1;
};
