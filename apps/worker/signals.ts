import { type Instant } from "#domain/calendar.js";
import { dueSignals, lifecycleEvolver } from "#domain/lifecycle/signals.js";
import { handleCommand } from "#event-store/handle-command.js";
import { comparePositions, type Position, START } from "#event-store/position.js";
import { streamName } from "#event-store/streams.js";
import { dueCommitments } from "#read-models/billing/due.js";
import { faultPoint } from "#read-models/runner/fault-point.js";
import { type Context, workerCommand } from "./context.js";
import { inFlight } from "./in-flight.js";

const COMMITMENTS_PER_BATCH = 500;
const APPENDS_IN_FLIGHT = 32;

/**
 * The agenda: records what time did to commitments by a moment, each signal once, in its commitment's lifecycle stream.
 * The stream itself says what was recorded, so it does not matter how often or where this was cut off.
 * @param moment what is due by it
 * @param now the clock's time, which the events carry
 * @returns how many signals it recorded
 */
export const signalDue = async (context: Context, provider: string, moment: Instant, now: Instant): Promise<number> => {
  const { store, dataSource, projections } = context;
  let signals = 0;
  for (;;) {
    const due = await dueCommitments(dataSource, provider, moment, COMMITMENTS_PER_BATCH);
    if (due.length === 0) return signals;
    let last: Position = START;
    await inFlight(due, APPENDS_IN_FLIGHT, async ({ commitment_id, state, revision, today }) => {
      await faultPoint("signal.before");
      const { events, position } = await handleCommand(store, {
        stream: streamName(provider, "lifecycle", commitment_id),
        decider: lifecycleEvolver,
        envelope: workerCommand(provider, "signal", `signal:${commitment_id}:${today}:${revision}`, now),
        decide: (lifecycle) => dueSignals(state, lifecycle, today),
      });
      await faultPoint("signal.after");
      signals += events.length;
      if (comparePositions(last, position) < 0) last = position;
    });
    await projections.reached(last, ["billing"]);
  }
};
