import { type Instant } from "#domain/calendar.js";
import { commitmentEvolver } from "#domain/commitments/commitment.js";
import { lapsingRequest } from "#domain/commitments/pause-request.js";
import { lapsePauseRequest } from "#domain/commitments/self-care-pause.js";
import { withEndNears } from "#domain/lifecycle/end-nears.js";
import { customerTransitions } from "#domain/lifecycle/customer-signals.js";
import { dueSignals, lifecycleEvolver, signalKey, transitionsOf } from "#domain/lifecycle/signals.js";
import { laterPosition, type Position, START } from "#event-store/position.js";
import { streamName } from "#event-store/streams.js";
import { type DueSignals, dueSignalsOf } from "#read-models/billing/due.js";
import { park } from "#read-models/billing/parked.js";
import { type Shards } from "#read-models/billing/shards.js";
import { faultPoint } from "#read-models/runner/fault-point.js";
import { requireNotStalled } from "#read-models/runner/stalls.js";
import { type Context, workerCommand } from "../context.js";
import { decideAndAppend } from "../../command/decide-and-append.js";
import { inFlight } from "../in-flight.js";
import { isOutage } from "../outage.js";

const STREAMS_PER_BATCH = 500;
const APPENDS_IN_FLIGHT = 32;

export interface Signalling {
  readonly provider: string;
  /** Signals due by this instant are recorded. */
  readonly moment: Instant;
  /** The clock's time: `recordedAt` of the events. */
  readonly now: Instant;
  /** Shards of customers. Default: all. */
  readonly shards?: () => Shards;
  /** Called before each batch and each stream: throws when this process must stop working for the provider. */
  readonly assert?: () => void;
}

export interface Signalled {
  /** How many signals were recorded. */
  readonly signals: number;
  /** How many customers were parked. */
  readonly parked: number;
  /** Position of the last event appended or found; `START`: none. */
  readonly position: Position;
}

/**
 * Records the signals due by a moment, each once, in the lifecycle stream of its commitment or customer, and pause
 * requests that lapsed, in the commitment's own stream (docs/rules.md#signals). The
 * stream shows which signals were recorded, so an interrupted run can be repeated. After a failure the customer is
 * parked: passed over, and retried later.
 * @throws ProviderStalled
 */
export const signalDue = async (context: Context, signalling: Signalling): Promise<Signalled> => {
  const { dataSource, projections } = context;
  const { provider, moment, shards = () => "all" as const, assert } = signalling;
  const total = { signals: 0, parked: 0, position: START };
  let idle = false;
  for (;;) {
    assert?.();
    // It may have become so after the feed was waited for: what its rows show would not be all that was recorded.
    await requireNotStalled(dataSource, provider);
    const due = await dueSignalsOf(dataSource, provider, moment, STREAMS_PER_BATCH, shards());
    if (due.length === 0) return total;
    const before = total.signals + total.parked;
    let position: Position = START;
    await inFlight(due, APPENDS_IN_FLIGHT, async (one) => {
      assert?.();
      try {
        const found = await signal(context, signalling, one);
        total.signals += found.recorded;
        context.counted?.("signals", found.recorded);
        position = laterPosition(position, found.position);
      } catch (error) {
        if (isOutage(error)) throw error;
        if (await parkSignals(context, provider, one, error)) total.parked += 1;
      }
    });
    total.position = laterPosition(total.position, position);
    await projections.reached(position, ["billing"], provider);
    // The first time the feed may be behind another worker's events; the second time feed and streams contradict each
    // other.
    const idleBefore = idle;
    idle = total.signals + total.parked === before;
    if (idle && idleBefore) throw new Error(`signals are due by ${moment} that are recorded already`);
  }
};

const signal = async (context: Context, signalling: Signalling, due: DueSignals) => {
  const lapsed = await lapse(context, signalling, due);
  const signalled = await recordSignals(context, signalling, due);
  return {
    recorded: lapsed.recorded + signalled.recorded,
    position: laterPosition(lapsed.position, signalled.position),
  };
};

const NOTHING = { recorded: 0, position: START };

/** The commitment's stream decides whether the request was answered in time. */
const lapse = async ({ store }: Context, { provider, now }: Signalling, due: DueSignals) => {
  if (due.commitment_id === null) return NOTHING;
  const { commitment_id, state, today } = due;
  const request = lapsingRequest(state);
  if (!request || today < request.from) return NOTHING;
  await faultPoint("lapse.before");
  const { events, position, repeated } = await decideAndAppend(store, {
    stream: streamName(provider, "commitment", commitment_id),
    evolver: commitmentEvolver,
    envelope: workerCommand(provider, "lapsePauseRequest", `lapse:${commitment_id}:${request.pauseId}`, now),
    decide: (recorded) => lapsePauseRequest(recorded, today),
  });
  await faultPoint("lapse.after");
  return { recorded: repeated ? 0 : events.length, position };
};

const recordSignals = async ({ store }: Context, { provider, now }: Signalling, due: DueSignals) => {
  const { lifecycle, today } = due;
  const id = due.commitment_id ?? due.customer_id;
  const transitions =
    due.commitment_id === null
      ? customerTransitions(due.state)
      : withEndNears(transitionsOf(due.state), due.end_nears, today);
  const missing = dueSignals(transitions, lifecycle, today);
  if (missing.length === 0) return NOTHING;
  const wanted = missing.map(signalKey).join(" ");
  await faultPoint("signal.before");
  const { events, position, repeated } = await decideAndAppend(store, {
    stream: streamName(provider, "lifecycle", id),
    evolver: lifecycleEvolver,
    envelope: workerCommand(provider, "signal", `signal:${id}:${wanted}`, now),
    decide: (recorded) => dueSignals(transitions, recorded, today),
  });
  await faultPoint("signal.after");
  return { recorded: repeated ? 0 : events.length, position };
};

const parkSignals = async (
  { dataSource, log }: Context,
  provider: string,
  { commitment_id, customer_id, today }: DueSignals,
  error: unknown,
): Promise<boolean> => {
  const reason = error instanceof Error ? error.message : String(error);
  const whose = commitment_id === null ? `customer ${customer_id}` : `commitment ${commitment_id}`;
  log(`recording the signals of ${whose} failed: ${reason}`);
  return park(dataSource, provider, customer_id, { kind: "SIGNALS", commitmentId: commitment_id, today }, reason);
};
