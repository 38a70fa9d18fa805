import { startSending } from "#processors/deliveries/dispatcher.js";
import { startDispatcher } from "#processors/runner/dispatcher.js";
import { processors } from "#processors/processors.js";
import { type RunningRole, type Surroundings } from "../role.js";

/** The role `deliverer`: runs the tasks of processors and sends deliveries; any number of processes have it concurrently. */
export const startDeliverer = (surroundings: Surroundings): RunningRole => {
  const { store, dataSource, projections, metrics, targets, log } = surroundings;
  const sending = startSending({
    ...{ store, dataSource, projections, targets, log },
    onTried: (target, tried) => {
      metrics.deliveryTried(target, tried);
    },
  });
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
    stall: () => dispatcher.status().lastError ?? sending.stall(),
    stop: async () => {
      await Promise.all([dispatcher.stop(), sending.stop()]);
    },
  };
};
