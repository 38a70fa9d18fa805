import { type DataSource } from "typeorm";
import { CheckpointFollower } from "./checkpoint-follower.js";
import { reach } from "./progress.js";
import { type ProjectionRunner } from "./runner.js";

/** For a process that does not project: the positions of the projections of the process that does. */
export const followProjections = (dataSource: DataSource): Pick<ProjectionRunner, "reached" | "stop"> => {
  const follower = new CheckpointFollower(dataSource, "tenure progress");
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
