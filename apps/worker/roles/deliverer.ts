import { startDispatcher } from "#processors/runner/dispatcher.js";
import { processors } from "#processors/processors.js";
import { type RunningRole, type Surroundings } from "../role.js";

/** The role `deliverer`: runs the tasks of processors; any number of processes have it concurrently. */
export const startDeliverer = ({ store, dataSource, projections, metrics, log }: Surroundings): RunningRole => {
  const dispatcher = startDispatcher({
    store,
    dataSource,
    projections,
    processors,
    log,
    onTried: (processor, outcome) => {
      metrics.taskTried(processor, outcome);
    },
  });
  return {
    role: "deliverer",
    stall: () => dispatcher.status().lastError,
    stop: () => dispatcher.stop(),
  };
};
