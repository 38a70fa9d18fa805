import { type Instant } from "#domain/calendar.js";
import { dueSignals, lifecycleEvolver, signalKey } from "#domain/lifecycle/signals.js";
import { decideAndAppend } from "#application/decide-and-append.js";
import { comparePositions, type Position, START } from "#event-store/position.js";
import { streamName } from "#event-store/streams.js";
import { type DueCommitment, dueCommitments } from "#read-models/billing/due.js";
import { park } from "#read-models/billing/parked.js";
import { faultPoint } from "#read-models/runner/fault-point.js";
import { type Context, workerCommand } from "./context.js";
import { inFlight } from "./in-flight.js";

const COMMITMENTS_PER_BATCH = 500;
const APPENDS_IN_FLIGHT = 32;

/**
 * The agenda: records what time did to commitments by a moment, each signal once, in its commitment's lifecycle stream.
 * The stream itself says what was recorded, so it does not matter how often or where this was cut off. Where it fails
 * the customer is parked: passed over, and tried again later.
 * @param moment what is due by it
 * @param now the clock's time, which the events carry
 * @returns how many signals it recorded
 */
export const signalDue = async (context: Context, provider: string, moment: Instant, now: Instant): Promise<number> => {
  const { dataSource, projections } = context;
  let signals = 0;
  let idle = false;
  for (;;) {
    const due = await dueCommitments(dataSource, provider, moment, COMMITMENTS_PER_BATCH);
    if (due.length === 0) return signals;
    const before = signals;
    let last: Position = START;
    await inFlight(due, APPENDS_IN_FLIGHT, async (commitment) => {
      try {
        const { recorded, position } = await signal(context, provider, commitment, now);
        signals += recorded;
        if (comparePositions(last, position) < 0) last = position;
      } catch (error) {
        await parkSignals(context, provider, commitment, error);
      }
    });
    await projections.reached(last, ["billing"]);
    // Once the feed may have been behind what another worker recorded; twice it knows better than the streams.
    if (signals === before && idle) throw new Error(`signals are due by ${moment} that are recorded already`);
    idle = signals === before;
  }
};

const signal = async ({ store }: Context, provider: string, commitment: DueCommitment, now: Instant) => {
  const { commitment_id, state, lifecycle, today } = commitment;
  const wanted = dueSignals(state, lifecycle, today).map(signalKey).join(" ");
  await faultPoint("signal.before");
  const { events, position, repeated } = await decideAndAppend(store, {
    stream: streamName(provider, "lifecycle", commitment_id),
    evolver: lifecycleEvolver,
    envelope: workerCommand(provider, "signal", `signal:${commitment_id}:${wanted}`, now),
    decide: (recorded) => dueSignals(state, recorded, today),
  });
  await faultPoint("signal.after");
  return { recorded: repeated ? 0 : events.length, position };
};

const parkSignals = async (
  { dataSource, log }: Context,
  provider: string,
  { commitment_id, customer_id }: DueCommitment,
  error: unknown,
): Promise<void> => {
  const reason = error instanceof Error ? error.message : String(error);
  log(`recording the signals of commitment ${commitment_id} failed: ${reason}`);
  await park(dataSource, provider, customer_id, reason);
};
