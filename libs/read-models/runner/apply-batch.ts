import { type DataSource } from "typeorm";
import { isOf } from "#event-store/catalogue.js";
import { type Batch } from "#event-store/event-store.js";
import { comparePositions } from "#event-store/position.js";
import { callForWork } from "./calls.js";
import { type Checkpoint, moveCheckpoints } from "./checkpoints.js";
import { faultPoint } from "./fault-point.js";
import { type Projection } from "./projection.js";

/** A projection and where it stands as its reader knows it. */
export interface Member {
  readonly projection: Projection;
  checkpoint: Checkpoint;
}

/**
 * Applies a batch to some projections and moves their checkpoints, in one transaction: all of it or nothing. A projection
 * that is ahead of the batch's beginning gets only what is new to it. Throws what an `apply` throws, `CheckpointMoved`,
 * and what PostgreSQL answers; the members are unchanged then.
 */
export const applyBatch = async (dataSource: DataSource, members: readonly Member[], batch: Batch): Promise<void> => {
  const status = batch.caughtUp ? "LIVE" : "CATCHING_UP";
  const behind = members.filter(({ checkpoint }) => {
    const order = comparePositions(checkpoint.position, batch.position);
    return order < 0 || (order === 0 && checkpoint.status !== status);
  });
  if (behind.length === 0) return;
  await dataSource.transaction(async (manager) => {
    for (const { projection, checkpoint } of behind) {
      const events = batch.events.filter(
        (event) => comparePositions(event.position, checkpoint.position) > 0 && isOf(event, ...projection.categories),
      );
      if (events.length > 0) await projection.apply(manager, events);
    }
    await callForWork(manager, batch.events);
    await faultPoint("projection.before-checkpoint");
    const expected = behind.map(({ checkpoint }) => checkpoint);
    await moveCheckpoints(manager, expected, batch.position, status);
  });
  for (const member of behind) {
    member.checkpoint = { ...member.checkpoint, position: batch.position, status, error: null };
  }
};
