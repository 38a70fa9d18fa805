import { readPrimary } from "#read-models/primary.js";
import { DATABASE_HELP, DatabaseError, readFileArguments, withDatabase } from "../database.js";
import { writePrimaryFile } from "../primary-file.js";
import { ownSigningKey } from "../signing-key.js";

const HELP = `Usage: tenure backup [options] FILE

Saves what no event can bring back: the primary tables of PostgreSQL, secrets and deliveries among them, and the signing
key that an embedded installation has made for itself. Keep the file with a backup of the events that was begun
afterwards. It may run at any time.

${DATABASE_HELP}`;

/** `tenure backup FILE` */
export const run = async (argv: string[]): Promise<number> => {
  try {
    const told = readFileArguments(argv, process.env);
    if (told === null) {
      console.log(HELP);
      return 0;
    }
    // With a database of one's own the data folder is not used, and the key is kept by whoever made it.
    const signingKey = process.env["DATABASE_URL"] ? null : ownSigningKey(told.dataDir);
    const saved = await withDatabase(told.dataDir, process.env, (dataSource) =>
      writePrimaryFile(told.file, readPrimary(dataSource), signingKey),
    );
    const counts = Object.entries(saved).map(([table, rows]) => `${table}: ${rows}`);
    const withKey = signingKey === null ? "" : ", with the signing key,";
    console.log(`Saved ${counts.join(", ")}${withKey} in ${told.file}.`);
    return 0;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    console.error(error.message);
    return 1;
  }
};
