import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type DataSource } from "typeorm";
import { createDataSource, migrate } from "#read-models/data-source.js";
import { readRunning } from "./running.js";

/** An error whose message is one sentence for the user. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
}

export const DATABASE_HELP = `The database is the one that DATABASE_URL names, else the embedded one of the Tenure that runs on the data folder.

Options
  --data DIR    data folder of a running "npm start"       TENURE_DATA, default .tenure
  --help        this text`;

/** Arguments of a command on a file and the database. */
export interface FileArguments {
  readonly file: string;
  readonly dataDir: string;
  /** Those that are given. */
  readonly flags: ReadonlySet<string>;
}

/**
 * @param flags further options, without values
 * @returns null when only help was asked for
 * @throws DatabaseError
 */
export const readFileArguments = (
  argv: string[],
  environment: NodeJS.ProcessEnv,
  flags: readonly string[] = [],
): FileArguments | null => {
  const isFlag = { type: "boolean", default: false } as const;
  const options = {
    ...Object.fromEntries(flags.map((flag) => [flag, isFlag])),
    data: { type: "string" },
    help: { ...isFlag, short: "h" },
  } as const;
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
    if (values.help) return null;
    const [file, more] = positionals;
    if (file === undefined || more !== undefined) throw new Error("Name one file");
    const set = flags.filter((flag) => (values as Readonly<Record<string, unknown>>)[flag] === true);
    return { file, dataDir: resolve(values.data ?? (environment["TENURE_DATA"] || ".tenure")), flags: new Set(set) };
  } catch (error) {
    const [sentence = ""] = (error instanceof Error ? error.message : String(error)).split(/(?<=\.) /);
    throw new DatabaseError(`${sentence.replace(/\.$/, "")}. --help shows the options.`);
  }
};

/**
 * Runs work on the database after its migrations. @throws DatabaseError when there is no database, or it cannot be used
 */
export const withDatabase = async <Result>(
  dataDir: string,
  environment: NodeJS.ProcessEnv,
  work: (dataSource: DataSource) => Promise<Result>,
): Promise<Result> => {
  const url = environment["DATABASE_URL"] || (await readRunning(dataDir))?.databaseUrl;
  if (!url) {
    throw new DatabaseError(
      `No Tenure runs on ${dataDir}: start it, name its folder with --data, or set DATABASE_URL.`,
    );
  }
  const dataSource = createDataSource(url, { poolSize: 2 });
  try {
    await migrate(dataSource).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new DatabaseError(`The database cannot be used: ${reason}.`, { cause: error });
    });
    return await work(dataSource);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
};
