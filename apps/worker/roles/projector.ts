import { type EventCategory } from "#event-store/catalogue.js";
import { deliveriesCursor, recordingOfDeliveries } from "#processors/deliveries/recording.js";
import { processors } from "#processors/processors.js";
import { placeCursors, recordingOf } from "#processors/runner/recording.js";
import { projectionsWith } from "#read-models/read-models.js";
import { type ProjectionRunner, startProjections } from "#read-models/runner/runner.js";
import { type RunningRole, type Surroundings } from "../role.js";

/**
 * The role `projector`: keeps the read models up to date and records tasks and deliveries; of several processes one does, and the
 * others stand by.
 */
export const startProjector = async ({
  store,
  dataSource,
  targets,
  log,
  journalHashOnly,
}: Pick<Surroundings, "store" | "dataSource" | "targets" | "log"> & {
  /** Categories of which the journal holds no data. */
  readonly journalHashOnly: readonly EventCategory[];
}): Promise<RunningRole & { readonly runner: ProjectionRunner }> => {
  await placeCursors(dataSource, [...processors, deliveriesCursor], () => store.tail());
  const runner = startProjections({
    store,
    dataSource,
    log,
    projections: [
      ...projectionsWith({ hashOnly: journalHashOnly }),
      ...processors.map(recordingOf),
      recordingOfDeliveries(targets),
    ],
  });
  return {
    role: "projector",
    runner,
    stall: () => runner.status().readers.find(({ lastError }) => lastError !== undefined)?.lastError,
    stop: () => runner.stop(),
  };
};
