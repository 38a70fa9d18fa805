import { type Instant } from "#domain/calendar.js";
import { takeSteps, terminatesBy } from "#domain/collection/decide.js";
import { type CollectionEvent } from "#domain/invoicing/collection-events.js";
import { chainEvents } from "#event-store/chain-events.js";
import { WrongExpectedRevision } from "#event-store/errors.js";
import { type EventStore } from "#event-store/event-store.js";
import { laterPosition, type Position, START } from "#event-store/position.js";
import { streamName } from "#event-store/streams.js";
import { type CustomersCollection, type DueSteps, dueStepsOf, heldAfter } from "#read-models/billing/due-steps.js";
import { park } from "#read-models/billing/parked.js";
import { type Shards } from "#read-models/billing/shards.js";
import { faultPoint } from "#read-models/runner/fault-point.js";
import { requireNotStalled } from "#read-models/runner/stalls.js";
import { type Context, workerCommand } from "../context.js";
import { inFlight } from "../in-flight.js";
import { isOutage } from "../outage.js";

const CUSTOMERS_PER_BATCH = 500;
const APPENDS_IN_FLIGHT = 32;
/** After this many attempts without progress it is not explained by races. */
const ATTEMPTS = 5;

export interface Collecting {
  readonly provider: string;
  /** Steps due by this instant are taken. */
  readonly moment: Instant;
  /** The clock's time: `recordedAt` of the events. */
  readonly now: Instant;
  /** Shards of customers. Default: all. */
  readonly shards?: () => Shards;
  /** Called before each batch and each customer: throws when this process must stop working for the provider. */
  readonly assert?: () => void;
}

export interface Collected {
  /** How many steps were recorded. */
  readonly steps: number;
  /** How many customers were parked. */
  readonly parked: number;
  /** Position of the last appended event; `START`: none. */
  readonly position: Position;
}

/**
 * Takes the steps of collection that are due by a moment, each once, in the receivables stream of its customer
 * (docs/rules.md#collection). It starts when the feed shows the day's invoices with their numbers; an append expects the
 * exact revision that the feed shows, so nothing that was paid meanwhile is overlooked and no other worker takes the same
 * step. After a failure the customer is parked: passed over, and retried later.
 * @throws ProviderStalled
 */
export const collectDue = async (context: Context, collecting: Collecting): Promise<Collected> => {
  const { store, dataSource, projections } = context;
  const { provider, moment, shards = () => "all" as const, assert } = collecting;
  const total = { steps: 0, parked: 0, position: START };
  for (let idle = 0; ;) {
    assert?.();
    await requireNotStalled(dataSource, provider);
    const due = await dueStepsOf(dataSource, provider, moment, CUSTOMERS_PER_BATCH, shards());
    if (due.length === 0) return total;
    const before = total.steps + total.parked;
    const round = { raced: false };
    await inFlight(due, APPENDS_IN_FLIGHT, async (one) => {
      assert?.();
      try {
        const { steps, position } = await collect(context, collecting, one);
        total.steps += steps;
        total.position = laterPosition(total.position, position);
        context.counted?.("steps", steps);
      } catch (error) {
        if (isOutage(error)) throw error;
        if (error instanceof WrongExpectedRevision && idle < ATTEMPTS) round.raced = true;
        else if (await parkSteps(context, provider, one, error)) total.parked += 1;
      }
    });
    await projections.reached(round.raced ? await store.tail() : total.position, ["billing"], provider);
    // The first times the feed may be behind another worker's events; then feed and streams contradict each other.
    idle = total.steps + total.parked === before ? idle + 1 : 0;
    if (idle > ATTEMPTS) throw new Error(`steps of collection are due by ${moment} that cannot be taken`);
  }
};

const collect = async ({ store, dataSource }: Context, { provider, now }: Collecting, due: DueSteps) => {
  const { customerId, standing, today } = due;
  const ending = terminatesBy(standing, today) ? await heldAfter(dataSource, provider, customerId, today) : [];
  const events = takeSteps(standing, today, ending);
  if (events.length === 0) return { steps: 0, position: START };
  await faultPoint("collect.before");
  const position = await appendSteps(store, provider, due, events, now);
  await faultPoint("collect.after");
  return { steps: events.length, position };
};

/** Appends events of collection at the end of the receivables stream that the feed shows. @throws WrongExpectedRevision */
export const appendSteps = async (
  store: EventStore,
  provider: string,
  { customerId, receivablesEnd, receivablesHash }: CustomersCollection,
  events: readonly CollectionEvent[],
  now: Instant,
): Promise<Position> => {
  const stream = streamName(provider, "receivables", customerId);
  const envelope = workerCommand(provider, "collect", `collect:${customerId}:${receivablesEnd}`, now);
  const chained = chainEvents({
    ...{ ...envelope, stream, events },
    ...{ previousHash: receivablesHash, correlationId: envelope.commandId, causationId: envelope.commandId },
  });
  const { position } = await store.append(stream, receivablesEnd < 0n ? "no_stream" : receivablesEnd, chained);
  return position;
};

const parkSteps = async (
  { dataSource, log }: Context,
  provider: string,
  { customerId, today }: DueSteps,
  error: unknown,
): Promise<boolean> => {
  const reason = error instanceof Error ? error.message : String(error);
  log(`collection of customer ${customerId} failed on ${today}: ${reason}`);
  return park(dataSource, provider, customerId, { kind: "STEPS", today }, reason);
};
