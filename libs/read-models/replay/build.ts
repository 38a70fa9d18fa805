import { type DataSource, type EntityManager } from "typeorm";
import { type Batch, type EventStore } from "#event-store/event-store.js";
import { comparePositions, type Position, START } from "#event-store/position.js";
import { applyBatch, applyWithin, behindOf, type Member } from "../runner/apply-batch.js";
import { applyToOne } from "../runner/apply-one.js";
import { isMomentary, messageOf } from "../runner/failures.js";
import { examine, type Findings } from "../runner/findings.js";
import { countAt, noteCount } from "./count.js";
import { type ReplaySource } from "./source.js";

/** A read model cannot be rebuilt with this program: its projection fails. */
export class RebuildFailed extends Error {
  override readonly name = "RebuildFailed";
}

export interface Building {
  readonly store: EventStore;
  /** Of the shadow. */
  readonly shadow: DataSource;
  readonly source: ReplaySource;
  /** With their checkpoints in the shadow, which this moves. */
  readonly members: readonly Member[];
  readonly signal: AbortSignal;
  /** Called after each batch with the number of events up to it, from the first one on. */
  readonly applied: (events: number) => void;
}

/** How far all of them were built. */
export const earliest = (members: readonly Member[]): Position =>
  members
    .map(({ checkpoint }) => checkpoint.position)
    .reduce<Position | null>((least, next) => (least && comparePositions(least, next) <= 0 ? least : next), null) ??
  START;

/** Batches by which a group of projections may be ahead of another one. */
const MOST_AHEAD = 1;

/**
 * Applies what the source holds up to a position to the shadow, each batch in transactions of its own: several at once,
 * for groups of projections, which do not wait for each other after every batch.
 * @throws RebuildFailed
 */
export const buildTo = async (building: Building, to: Position): Promise<void> => {
  const { store, shadow, source, members, signal, applied } = building;
  const working = groupsOf(members).map((group) => ({ group, last: Promise.resolve() }));
  const underWay: Promise<void>[] = [];
  const from = earliest(members);
  let events = await countAt(shadow, from);
  try {
    for await (const batch of source.read({ from, to, signal })) {
      const count = (events += batch.events.length);
      await noteCount(shadow, batch.position, count);
      const findings = await examine(store, batch);
      for (const one of working) one.last = one.last.then(() => applyToGroup(building, one.group, batch, findings));
      const whole = Promise.all(working.map(({ last }) => last)).then(() => {
        applied(count);
      });
      // Its failure is thrown when it is awaited.
      whole.catch(() => undefined);
      underWay.push(whole);
      if (underWay.length > MOST_AHEAD) await underWay.shift();
    }
    await Promise.all(underWay);
  } finally {
    // Nobody closes their connections before.
    await Promise.allSettled(working.map(({ last }) => last));
  }
};

const applyToGroup = async (
  { store, shadow, signal }: Building,
  group: readonly Member[],
  batch: Batch,
  findings: Findings,
): Promise<void> => {
  signal.throwIfAborted();
  try {
    await applyBatch(shadow, group, batch, findings, { isShadow: true });
  } catch (error) {
    if (isMomentary(error)) throw error;
    for (const member of group) await applyAlone({ store, shadow }, member, batch);
  }
};

/** After a failure of its group. An event that it cannot take stalls its provider, as it does in the live tables. */
const applyAlone = async (
  { store, shadow }: Pick<Building, "store" | "shadow">,
  member: Member,
  batch: Batch,
): Promise<void> => {
  try {
    await applyToOne({ dataSource: shadow, store, isShadow: true }, member, batch, await examine(store, batch));
  } catch (error) {
    if (isMomentary(error)) throw error;
    throw new RebuildFailed(`The read model ${member.projection.name} cannot be rebuilt: ${messageOf(error)}`, {
      cause: error,
    });
  }
};

/**
 * As {@link buildTo}, in one transaction of the caller: for the few events since the last batch.
 * @returns to be called once it is committed
 */
export const buildWithin = async (
  manager: EntityManager,
  { store, source, members, signal, applied }: Building,
  to: Position,
): Promise<() => void> => {
  const from = earliest(members);
  // Working copies: the members move when the transaction is committed.
  const within = members.map((member) => ({ ...member }));
  let events = await countAt(manager, from);
  for await (const batch of source.read({ from, to, signal, db: manager })) {
    const moved = await applyWithin(manager, behindOf(within, batch), batch, await examine(store, batch), {
      isShadow: true,
    });
    moved();
    events += batch.events.length;
    await noteCount(manager, batch.position, events);
    applied(events);
  }
  return () => {
    for (const [index, member] of members.entries()) member.checkpoint = within[index]?.checkpoint ?? member.checkpoint;
  };
};

/** Projections that take long are applied beside the others: while one waits for PostgreSQL, another one computes. */
const APART: readonly (readonly string[])[] = [["billing"], ["invoices"], ["commands"]];

const groupsOf = (members: readonly Member[]): Member[][] => {
  const apart = APART.map((names) => members.filter(({ projection }) => names.includes(projection.name)));
  const rest = members.filter((member) => !apart.flat().includes(member));
  return [...apart, rest].filter((group) => group.length > 0);
};

/** Connections that {@link buildTo} uses at once. */
export const CONNECTIONS = APART.length + 1;
