import { startDispatcher } from "#processors/runner/dispatcher.js";
import { processors } from "#processors/processors.js";
import { type RunningRole, type Surroundings } from "../role.js";

/** Runs the tasks of processors; any number of processes do so side by side. */
export const startDeliverer = ({ store, dataSource, projections, metrics, log }: Surroundings): RunningRole => {
  const dispatcher = startDispatcher({
    ...{ store, dataSource, projections, processors, log },
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
