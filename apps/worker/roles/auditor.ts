import { setTimeout as delay } from "node:timers/promises";
import { randomUUID } from "node:crypto";
import { program } from "#application/audit/program.js";
import { runJob } from "#application/audit/run-job.js";
import { type Signing } from "#application/audit/signing.js";
import { TablePlace } from "#application/audit/table-place.js";
import { jobOf } from "#application/jobs.js";
import { forgetFiles } from "#read-models/jobs/files.js";
import { forgetCallProgress, MOST_FAILED_CALLS } from "#read-models/voice/forget-calls.js";
import { beatJob, endJob, releaseJob, takeJob, type TakenJob } from "#read-models/jobs/lease.js";
import { faultPoint } from "#read-models/runner/fault-point.js";
import { messageOf } from "#read-models/runner/failures.js";
import { type RunningRole, type Surroundings } from "../role.js";

/** How often it looks for a job, and a running one says how far it is. */
const BEAT_MS = 1_000;
/** A worker that says nothing for so long is dead: another one goes on with its job. */
const LEASE_MS = 15_000;

/** Files of jobs that ended, and calls that failed, so long ago are removed; looked for when it starts, and each hour. */
const KEPT_DAYS = 30;
const FORGET_EVERY_MS = 3_600_000;

/** Why a running job was aborted. */
class Cancelled extends Error {
  override readonly name = "Cancelled";
}
class Left extends Error {
  override readonly name = "Left";
}

/**
 * The role `auditor`: runs the jobs that people ask for, one at a time; any number of processes have it concurrently.
 * @param signing null: reports are not signed
 */
export const startAuditor = (surroundings: Surroundings, signing: Signing | null): RunningRole => {
  const { dataSource, log } = surroundings;
  const worker = randomUUID();
  const stopping = new AbortController();
  let failed: string | undefined;

  let forgetAt = 0;
  const work = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        if (performance.now() >= forgetAt) {
          await forgetFiles(dataSource, KEPT_DAYS);
          await forgetCallProgress(dataSource, { days: KEPT_DAYS, failedCalls: MOST_FAILED_CALLS });
          forgetAt = performance.now() + FORGET_EVERY_MS;
        }
        const taken = await takeJob(dataSource, worker, LEASE_MS);
        failed = undefined;
        if (taken) await carryOut(surroundings, { taken, worker, signing, stopping: stopping.signal });
        else await pause(stopping.signal);
      } catch (error) {
        failed = messageOf(error);
        log(`a job could not be worked on: ${failed}`);
        await pause(stopping.signal);
      }
    }
  };
  const done = work();
  return {
    role: "auditor",
    stall: () => failed,
    stop: async () => {
      stopping.abort(new Left("The worker stops"));
      await done;
    },
  };
};

/** Until the next look for jobs, or until the worker stops; it leaves nothing behind on the signal. */
const pause = (signal: AbortSignal): Promise<void> => delay(BEAT_MS, undefined, { signal }).catch(() => undefined);

interface Work {
  readonly taken: TakenJob;
  readonly worker: string;
  readonly signing: Signing | null;
  readonly stopping: AbortSignal;
}

const carryOut = async ({ store, dataSource, log }: Surroundings, work: Work): Promise<void> => {
  const { taken, worker, signing, stopping } = work;
  const cancelling = new AbortController();
  const signal = AbortSignal.any([cancelling.signal, stopping]);
  const place = await TablePlace.of(dataSource, taken, worker, signal);
  const beating = setInterval(() => {
    beatJob(dataSource, taken, worker, LEASE_MS, place.latest).then(
      (answer) => {
        if (answer === "CANCELLED") cancelling.abort(new Cancelled("Somebody cancelled it"));
        if (answer === "LOST") cancelling.abort(new Left("Another worker has it"));
      },
      (error: unknown) => {
        log(`the progress of job ${taken.jobId} was not noted: ${messageOf(error)}`);
      },
    );
  }, BEAT_MS);
  try {
    const known = jobOf(taken.kind);
    if (!known) throw new Error(`This program knows no job of the kind ${taken.kind}`);
    const { providerId, jobId } = taken;
    const context = { dataSource, store, providerId, now: () => new Date().toISOString(), log };
    const startedAt = taken.startedAt.toISOString();
    const input = taken.input as never;
    const report = await runJob(context, { ...known, input, jobId, program, startedAt }, place);
    await beatJob(dataSource, taken, worker, LEASE_MS, place.latest);
    const signed = signing ? signing.sign(report) : report;
    await faultPoint("job.before-end");
    await endJob(dataSource, taken, worker, { state: "DONE", report: JSON.stringify(signed) });
  } catch (error) {
    if (error instanceof Left) await releaseJob(dataSource, taken, worker);
    else if (error instanceof Cancelled) await endJob(dataSource, taken, worker, { state: "CANCELLED" });
    else {
      log(`job ${taken.jobId} failed: ${messageOf(error)}`);
      await endJob(dataSource, taken, worker, { state: "FAILED", error: messageOf(error) });
    }
  } finally {
    clearInterval(beating);
  }
};
