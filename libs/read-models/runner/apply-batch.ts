import { type DataSource, type EntityManager } from "typeorm";
import { categoryOf, type EventCategory } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { type Batch } from "#event-store/event-store.js";
import { comparePositions, type Position } from "#event-store/position.js";
import { parseStreamName } from "#event-store/streams.js";
import { callForWork } from "./calls.js";
import { type Checkpoint, type CheckpointStatus, moveCheckpoints } from "./checkpoints.js";
import { faultPoint } from "./fault-point.js";
import { firstBadOf, type Findings, NOTHING_FOUND } from "./findings.js";
import { placeOf, writePassed } from "./passed-events.js";
import { type Projection } from "./projection.js";
import { type BadEvent, writeStalls } from "./stalls.js";

/** A projection with its checkpoint as the reader knows it. */
export interface Member {
  readonly projection: Projection;
  checkpoint: Checkpoint;
}

/** A provider whose rows stop before an event of the batch. */
interface NewStall {
  readonly event: BadEvent;
  /** Position before the event. */
  readonly position: Position;
}

export interface ApplyOptions {
  /** Tables beside the live ones: nobody has work because of these events. */
  readonly isShadow?: boolean;
}

/**
 * Applies a batch to some projections and moves their checkpoints, in one transaction. A projection gets only the
 * events after its checkpoint, and none of providers that are stalled in it; of a provider with a bad event it gets the
 * events before that, and the provider is stalled from then on. Throws errors of `apply`, `CheckpointMoved`, and
 * PostgreSQL's errors; the members are then unchanged.
 */
export const applyBatch = async (
  dataSource: DataSource,
  members: readonly Member[],
  batch: Batch,
  findings: Findings = NOTHING_FOUND,
  options: ApplyOptions = {},
): Promise<void> => {
  // As they are now: a recovery that ends meanwhile changes the members. What is left out because of a stall has to be
  // what the moved checkpoints expect, or a stall that ends between the two takes these events with it.
  const behind = behindOf(members, batch);
  if (behind.length === 0) return;
  const committed = await dataSource.transaction((manager) => applyWithin(manager, behind, batch, findings, options));
  committed();
};

/** A member with its checkpoint as it is before a batch. */
interface Before extends Member {
  readonly member: Member;
}

/** The members that a batch moves. */
export const behindOf = (members: readonly Member[], batch: Batch): Before[] => {
  const status = statusAfter(batch);
  return members
    .map((member) => ({ ...member, member }))
    .filter(({ checkpoint }) => {
      const order = comparePositions(checkpoint.position, batch.position);
      return order < 0 || (order === 0 && checkpoint.status !== status);
    });
};

const statusAfter = ({ caughtUp }: Batch): CheckpointStatus => (caughtUp ? "LIVE" : "CATCHING_UP");

/**
 * {@link applyBatch} in a transaction of the caller.
 * @returns to be called once that is committed: tells the members where they are
 */
export const applyWithin = async (
  manager: EntityManager,
  behind: readonly Before[],
  batch: Batch,
  findings: Findings = NOTHING_FOUND,
  { isShadow = false }: ApplyOptions = {},
): Promise<() => void> => {
  const status = statusAfter(batch);
  const stalls = new Map(behind.map((before) => [before, newStalls(before, batch, findings)]));
  // Written first: a revision that is missing because its event was passed over is not a gap.
  await writePassed(manager, findings.passed);
  for (const before of behind) {
    await applyTo(manager, before.projection, freshFor(before, batch.events, findings));
    await writeStalls(manager, before.projection.name, stalls.get(before) ?? []);
  }
  if (!isShadow) await callForWork(manager, batch.events);
  await faultPoint(isShadow ? "rebuild.before-checkpoint" : "projection.before-checkpoint");
  const expected = behind.map(({ checkpoint }) => checkpoint);
  const counts = behind.map((before) => stalls.get(before)?.length ?? 0);
  await moveCheckpoints(manager, expected, batch.position, status, counts);
  return () => {
    for (const before of behind) {
      const { checkpoint, member } = before;
      const added = (stalls.get(before) ?? []).map(({ event }) => ({
        providerId: event.provider,
        reason: event.reason,
      }));
      member.checkpoint = {
        ...checkpoint,
        position: batch.position,
        status,
        error: null,
        stalls: checkpoint.stalls + added.length,
        stalled: [...checkpoint.stalled, ...added],
      };
    }
  };
};

export const applyTo = async (
  manager: EntityManager,
  projection: Projection,
  events: readonly RecordedEvent[],
  options?: { readonly catchingUp: boolean },
): Promise<void> => {
  const wanted: ReadonlySet<EventCategory> = new Set(projection.categories);
  const categories = categoriesOf(events);
  const read = events.filter((_, index) => wanted.has(categories[index] as EventCategory));
  if (read.length > 0) await projection.apply(manager, read, options);
};

/** Of the events of a batch, which each of its projections asks. */
const known = new WeakMap<readonly RecordedEvent[], readonly EventCategory[]>();

const categoriesOf = (events: readonly RecordedEvent[]): readonly EventCategory[] => {
  const categories = known.get(events) ?? events.map(categoryOf);
  known.set(events, categories);
  return categories;
};

/** The events of a batch that a member is given. */
export const freshFor = (
  { checkpoint }: Pick<Member, "checkpoint">,
  events: readonly RecordedEvent[],
  findings: Findings,
): readonly RecordedEvent[] => {
  const [first] = events;
  // Nearly always all are: a batch follows the one before.
  const fresh =
    first && comparePositions(first.position, checkpoint.position) > 0
      ? events
      : events.filter(({ position }) => comparePositions(position, checkpoint.position) > 0);
  if (checkpoint.stalled.length === 0 && findings === NOTHING_FOUND) return fresh;
  const stalled = new Set(checkpoint.stalled.map(({ providerId }) => providerId));
  const passed = new Set(findings.passed.map(placeOf));
  const firstBad = firstBadOf(findings, checkpoint.position);
  return fresh.filter((event) => {
    // Of the stream: what the metadata name may be what is wrong with it.
    const { provider } = parseStreamName(event.stream);
    const bad = firstBad.get(provider);
    const comesBefore = bad === undefined || comparePositions(event.position, bad.position) < 0;
    return comesBefore && !stalled.has(provider) && !passed.has(placeOf(event));
  });
};

const newStalls = ({ checkpoint }: Pick<Member, "checkpoint">, batch: Batch, findings: Findings): NewStall[] => {
  const stalled = new Set(checkpoint.stalled.map(({ providerId }) => providerId));
  return [...firstBadOf(findings, checkpoint.position).values()]
    .filter(({ provider }) => !stalled.has(provider))
    .map((event) => ({ event, position: placeBefore(event, batch, checkpoint.position) }));
};

/** The last position before a bad event that the rows have reached. */
export const placeBefore = (bad: BadEvent, batch: Batch, from: Position): Position =>
  [...batch.events, ...(batch.unreadable ?? [])]
    .map(({ position }) => position)
    .filter((position) => comparePositions(position, bad.position) < 0)
    .reduce((last, position) => (comparePositions(position, last) > 0 ? position : last), from);
