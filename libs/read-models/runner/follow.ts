import { type DataSource } from "typeorm";
import { CheckpointFollower } from "./checkpoint-follower.js";
import { reach, versionsOf } from "./progress.js";
import { type Projection } from "./projection.js";
import { type ProjectionRunner } from "./runner.js";

/**
 * For a process that does not project: the positions of the projections of the process that does.
 * @param projections of the program: rows of a version before them are not waited for
 */
export const followProjections = (
  dataSource: DataSource,
  projections: readonly Pick<Projection, "name" | "version">[],
): Pick<ProjectionRunner, "reached" | "stop"> => {
  const follower = new CheckpointFollower(dataSource, "tenure progress", versionsOf(projections));
  return {
    reached: async (position, names, provider) => {
      const done = new AbortController();
      void follower.lookUntil(done.signal);
      await reach(follower.progress, position, names ?? null, follower.stopping, provider).finally(() => {
        done.abort();
      });
    },
    stop: () => follower.close(),
  };
};
