import { readPrimary } from "#read-models/primary.js";
import { DATABASE_HELP, DatabaseError, readFileArguments, withDatabase } from "../database.js";
import { writePrimaryFile } from "../primary-file.js";

const HELP = `Usage: tenure backup [options] FILE

Saves what no event can bring back: the primary tables of PostgreSQL, secrets and deliveries among them. Keep the file
with a backup of the events that was begun afterwards. It may run at any time.

${DATABASE_HELP}`;

/** `tenure backup FILE` */
export const run = async (argv: string[]): Promise<number> => {
  try {
    const told = readFileArguments(argv, process.env);
    if (told === null) {
      console.log(HELP);
      return 0;
    }
    const saved = await withDatabase(told.dataDir, process.env, (dataSource) =>
      writePrimaryFile(told.file, readPrimary(dataSource)),
    );
    const counts = Object.entries(saved).map(([table, rows]) => `${table}: ${rows}`);
    console.log(`Saved ${counts.join(", ")} in ${told.file}.`);
    return 0;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    console.error(error.message);
    return 1;
  }
};
