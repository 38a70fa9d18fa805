import { type JobContext, type JobKind, type Json } from "#application/audit/job.js";
import { type AnyJob } from "#application/audit/run-job.js";
import { KeyUnusable } from "#application/audit/signing.js";
import { Rejection } from "#domain/rejection.js";
import { StoreUnavailable } from "#event-store/errors.js";
import { EventStoreUnusable } from "#event-store/usable.js";
import { createDataSource } from "#read-models/data-source.js";
import { DatabaseError } from "../database.js";
import { tell } from "../server-options.js";
import { signingIfAny } from "../signing-key.js";
import { runHere } from "./run-here.js";
import { withServers, withStore } from "./servers.js";

/** A command that runs a job in its own process. */
export interface JobCommand {
  readonly help: string;
  readonly kind: JobKind;
  readonly job: AnyJob;
  /** Errors beyond those of every job whose message is for the user. */
  readonly expected: readonly (abstract new (...given: never[]) => Error)[];
}

/** What the command line asks for. */
export interface Asked {
  readonly dataDir: string;
  /** Where report and files go. */
  readonly directory: string;
  /** Null: all providers. */
  readonly providerId: string | null;
  readonly input: Json;
  /** Whether there is no database; nothing may be asked of it then. */
  readonly eventsOnly?: boolean;
}

const OF_EVERY_JOB = [Rejection, DatabaseError, EventStoreUnusable, StoreUnavailable, KeyUnusable];

/**
 * Parses, runs the job here, and tells what it found, or why it could not be done.
 * @param read null: help is asked for; a number: what was asked for is done, with this exit code
 * @returns the exit code
 */
export const runJobCommand = async (
  { help, kind, job, expected }: JobCommand,
  read: () => Promise<Asked | number | null> | Asked | null,
): Promise<number> => {
  try {
    const asked = await read();
    if (typeof asked === "number") return asked;
    if (asked === null) {
      console.log(help);
      return 0;
    }
    const { dataDir, directory, providerId, input, eventsOnly = false } = asked;
    const signing = signingIfAny(dataDir, process.env);
    const work = ({ dataSource, store }: Pick<JobContext, "dataSource" | "store">): Promise<number> =>
      runHere({
        ...{ kind, job, input, directory, signing },
        context: { dataSource, store, providerId, now: () => new Date().toISOString(), log: console.error },
      });
    return eventsOnly
      ? // Never connected: nothing is asked of it.
        await withStore(dataDir, process.env, (store) => work({ store, dataSource: createDataSource("postgres://") }))
      : await withServers(dataDir, process.env, work);
  } catch (error) {
    if ([...OF_EVERY_JOB, ...expected].some((known) => error instanceof known)) console.error((error as Error).message);
    else tell(error);
    return 2;
  }
};
