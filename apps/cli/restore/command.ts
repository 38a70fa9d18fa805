import { createEventStore } from "#event-store/event-store-db.js";
import { StoreUnavailable } from "#event-store/errors.js";
import { EventStoreUnusable, requireUsable } from "#event-store/usable.js";
import { OtherLog, PrimaryConflict, UnknownTable, type Witness, writePrimary } from "#read-models/primary.js";
import { DATABASE_HELP, DatabaseError, readFileArguments, withDatabase } from "../database.js";
import { KeyUnusable } from "#application/audit/signing.js";
import { PrimaryFileError, readPrimaryFile, signingKeyIn } from "../primary-file.js";
import { readRunning } from "../running.js";
import { restoreOwnSigningKey } from "../signing-key.js";

const WITHOUT_DELIVERIES = "without-deliveries";

const HELP = `Usage: tenure restore [options] FILE

Loads what "tenure backup" saved into the primary tables of PostgreSQL. Do it before a worker runs on that database
(TENURE_WORKERS=0 npm start) and before the first command is sent. Rows that are there already with the same values stay;
where one has other values, nothing is loaded. What was delivered is not sent again, and what waits is sent: that the
events are those beside which it was saved is looked up in the event store, which EVENTSTORE_URL names, else the one of
the Tenure that runs on the data folder. A signing key goes into the data folder; the one that it has made for itself
meanwhile is kept beside it.

${DATABASE_HELP}
  --${WITHOUT_DELIVERIES}  for other events than those of the backup, imported ones for example, whose positions are
                new: deliveries begin anew with what happens from then on, and what waited is lost`;

/** `tenure restore FILE` */
export const run = async (argv: string[]): Promise<number> => {
  try {
    const told = readFileArguments(argv, process.env, [WITHOUT_DELIVERIES]);
    if (told === null) {
      console.log(HELP);
      return 0;
    }
    const { file, dataDir, flags } = told;
    const written = await withDatabase(dataDir, process.env, (dataSource) =>
      writePrimary(dataSource, readPrimaryFile(file), {
        deliveries: !flags.has(WITHOUT_DELIVERIES),
        isInLog: (witness) => isInLog(witness, dataDir, process.env),
      }),
    );
    const counts = Object.entries(written).map(([table, rows]) => `${table}: ${rows}`);
    console.log(`Loaded ${counts.join(", ")} from ${file}.`);
    const signingKey = process.env["DATABASE_URL"] ? null : await signingKeyIn(file);
    if (signingKey !== null && (await restoreOwnSigningKey(dataDir, signingKey))) {
      console.log("Its signing key is in the data folder again; start anew to sign with it.");
    }
    return 0;
  } catch (error) {
    const sentence = sentenceOf(error);
    if (sentence === null) throw error;
    console.error(sentence);
    return 1;
  }
};

const isInLog = async (
  { stream, revision, eventId, commit, prepare }: Witness,
  dataDir: string,
  environment: NodeJS.ProcessEnv,
): Promise<boolean> => {
  const url = environment["EVENTSTORE_URL"] || (await readRunning(dataDir))?.eventStoreUrl;
  if (!url) {
    throw new DatabaseError(
      `Nothing was loaded: deliveries are loaded beside their events only. Set EVENTSTORE_URL, or leave them out with --${WITHOUT_DELIVERIES}.`,
    );
  }
  const store = createEventStore({ url });
  try {
    await requireUsable(store, url);
    const [event] = await store.readStream(stream, { from: revision, limit: 1 });
    return event?.id === eventId && event.position.commit === commit && event.position.prepare === prepare;
  } finally {
    await store.close();
  }
};

const sentenceOf = (error: unknown): string | null => {
  if (error instanceof DatabaseError || error instanceof PrimaryFileError) return error.message;
  if (error instanceof KeyUnusable) return `The signing key of the backup cannot be used: ${error.message}`;
  if (error instanceof StoreUnavailable || error instanceof EventStoreUnusable) {
    return `Nothing was loaded: ${error.message}`;
  }
  if (error instanceof PrimaryConflict) {
    return `Nothing was loaded: ${error.message}, made since the backup. Restore into an empty database, before a worker runs.`;
  }
  if (error instanceof UnknownTable) {
    return `Nothing was loaded: the table "${error.message}" was saved by a newer Tenure.`;
  }
  if (error instanceof OtherLog) {
    return `Nothing was loaded: the events are not those that the deliveries were saved beside; an import gives events new positions, and an older backup lacks the latest. --${WITHOUT_DELIVERIES} loads the rest.`;
  }
  return null;
};
