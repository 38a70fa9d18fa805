import { PrimaryConflict, writePrimary } from "#read-models/primary.js";
import { DATABASE_HELP, DatabaseError, readFileArguments, withDatabase } from "../database.js";
import { PrimaryFileError, readPrimaryFile } from "../primary-file.js";

const HELP = `Usage: tenure restore [options] FILE

Loads what "tenure backup" saved into the primary tables of PostgreSQL. Do it before the first command is sent. Rows that
are there already with the same values stay; where one has other values, nothing is loaded.

${DATABASE_HELP}`;

/** `tenure restore FILE` */
export const run = async (argv: string[]): Promise<number> => {
  try {
    const told = readFileArguments(argv, process.env);
    if (told === null) {
      console.log(HELP);
      return 0;
    }
    const tables = await readPrimaryFile(told.file);
    const written = await withDatabase(told.dataDir, process.env, (dataSource) => writePrimary(dataSource, tables));
    const counts = Object.entries(written).map(([table, rows]) => `${table}: ${rows}`);
    console.log(`Loaded ${counts.join(", ")} from ${told.file}.`);
    return 0;
  } catch (error) {
    const sentence = sentenceOf(error);
    if (sentence === null) throw error;
    console.error(sentence);
    return 1;
  }
};

const sentenceOf = (error: unknown): string | null => {
  if (error instanceof DatabaseError || error instanceof PrimaryFileError) return error.message;
  if (error instanceof PrimaryConflict) {
    return `Nothing was loaded: ${error.message}, made since the backup. Restore into an empty database.`;
  }
  return null;
};
