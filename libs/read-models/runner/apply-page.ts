import { type DataSource } from "typeorm";
import { type RecordedEvent } from "#event-store/event.js";
import { type Page } from "#event-store/event-store.js";
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
 * Applies a page to some projections and moves their checkpoints, in one transaction: all of it or nothing. A projection
 * that is ahead of the page's beginning gets only what is new to it. Throws what an `apply` throws, `CheckpointMoved`,
 * and what PostgreSQL answers; the members are unchanged then.
 */
export const applyPage = async (dataSource: DataSource, members: readonly Member[], page: Page): Promise<void> => {
  const status = page.caughtUp ? "LIVE" : "CATCHING_UP";
  const behind = members.filter(({ checkpoint }) => {
    const order = comparePositions(checkpoint.position, page.position);
    return order < 0 || (order === 0 && checkpoint.status !== status);
  });
  if (behind.length === 0) return;
  await dataSource.transaction(async (manager) => {
    for (const { projection, checkpoint } of behind) {
      const events = page.events.filter(({ position }) => comparePositions(position, checkpoint.position) > 0);
      if (concerns(projection, events)) await projection.apply(manager, events);
    }
    await callForWork(manager, page.events);
    await faultPoint("projection.before-checkpoint");
    const expected = behind.map(({ checkpoint }) => checkpoint);
    await moveCheckpoints(manager, expected, page.position, status);
  });
  for (const member of behind) {
    member.checkpoint = { ...member.checkpoint, position: page.position, status, error: null };
  }
};

const concerns = ({ handles }: Projection, events: readonly RecordedEvent[]): boolean =>
  events.some(({ type }) => handles.has(type));
