import { type DataSource } from "typeorm";
import { RestartFrom } from "#event-store/errors.js";
import { type Batch, type EventStore } from "#event-store/event-store.js";
import { comparePositions, type Position } from "#event-store/position.js";
import { streamsWithin } from "#event-store/streams.js";
import { applyTo, type Member, placeBefore } from "./apply-batch.js";
import { offenderOf, sortingOut } from "./apply-one.js";
import { type Checkpoint, CheckpointMoved, loadCheckpoints, PROGRESS_CHANNEL } from "./checkpoints.js";
import { examine, type Findings, firstBadOf } from "./findings.js";
import { placeOf, writePassed } from "./passed-events.js";
import { listStalls, type Stall, stalledIn, writeStalls } from "./stalls.js";

export interface RecoveryOptions {
  readonly store: EventStore;
  readonly dataSource: DataSource;
}

/** Progress of a recovery: the stall is still there, or it ended with this batch, or there is none any more. */
export type Recovery =
  | { readonly kind: "BEHIND" }
  | { readonly kind: "FOLLOWS"; readonly checkpoint: Checkpoint }
  | { readonly kind: "NO_STALL" };

/**
 * Applies a batch to the rows of a stalled provider, at most up to the projection's checkpoint; at the checkpoint the
 * stall ends. Throws `ProviderStalled` at an event that cannot be applied, and `RestartFrom` where the rows stand when
 * the batch begins after that: events between would be lost.
 * @param from the batch holds what comes after it
 */
export const recover = async (
  { store, dataSource }: RecoveryOptions,
  member: Member,
  provider: string,
  batch: Batch,
  from: Position,
): Promise<Recovery> => {
  const { name } = member.projection;
  const stall = (await listStalls(dataSource, provider)).find(({ projection }) => projection === name);
  if (!stall) return { kind: "NO_STALL" };
  if (comparePositions(from, stall.position) > 0) throw new RestartFrom(stall.position);
  let outcome: Outcome = { recovered: null, stalled: null };
  await sortingOut(store, await examine(store, ofProvider(batch, provider)), {
    apply: async (findings) => {
      outcome = await catchUp(dataSource, member, stall, batch, findings);
    },
    offender: (error, findings) =>
      offenderOf(dataSource, member.projection, freshFor(stall, batch, findings, null), error, { catchingUp: true }),
  });
  if (outcome.stalled) throw stalledIn(outcome.stalled);
  return outcome.recovered ? { kind: "FOLLOWS", checkpoint: outcome.recovered } : { kind: "BEHIND" };
};

interface Outcome {
  readonly recovered: Checkpoint | null;
  readonly stalled: Stall | null;
}

const ofProvider = (batch: Batch, provider: string): Batch => {
  const within = streamsWithin(provider);
  const own = <Event extends { readonly stream: string }>(events: readonly Event[]) =>
    events.filter(({ stream }) => stream.startsWith(within));
  const { unreadable = [], ...rest } = batch;
  return { ...rest, events: own(batch.events), unreadable: own(unreadable) };
};

/** In one transaction, with the checkpoint locked so that the common reader cannot move it meanwhile. */
const catchUp = (
  dataSource: DataSource,
  { projection }: Member,
  stall: Stall,
  batch: Batch,
  findings: Findings,
): Promise<Outcome> =>
  dataSource.transaction(async (manager) => {
    const { name, version } = projection;
    await manager.query("SELECT FROM projection_checkpoints WHERE name = $1 FOR UPDATE", [name]);
    const checkpoint = (await loadCheckpoints(manager)).find((found) => found.name === name);
    const current = (await listStalls(manager, stall.providerId)).find((found) => found.projection === name);
    if (checkpoint?.version !== version || !current || comparePositions(current.position, stall.position) !== 0) {
      throw new CheckpointMoved(`Another process has caught up on ${name} of provider ${stall.providerId}`);
    }
    await writePassed(manager, findings.passed);
    const events = freshFor(stall, batch, findings, checkpoint.position);
    await applyTo(manager, projection, events, { catchingUp: true });
    const bad = firstBadOf(findings, stall.position).get(stall.providerId);
    if (bad && comparePositions(bad.position, checkpoint.position) <= 0) {
      const position = placeBefore(bad, batch, stall.position);
      await writeStalls(manager, name, [{ event: bad, position }]);
      return { recovered: null, stalled: { ...stall, event: bad, position } };
    }
    if (comparePositions(batch.position, checkpoint.position) < 0) {
      if (comparePositions(batch.position, stall.position) > 0) await move(manager, stall, batch.position);
      return { recovered: null, stalled: null };
    }
    await manager.query("DELETE FROM projection_stalls WHERE projection = $1 AND provider_id = $2", [
      name,
      stall.providerId,
    ]);
    await manager.query(
      `WITH following AS (UPDATE projection_checkpoints SET stalls = stalls + 1 WHERE name = $1 RETURNING 1)
       SELECT pg_notify('${PROGRESS_CHANNEL}', '') FROM following`,
      [name],
    );
    const stalled = checkpoint.stalled.filter(({ providerId }) => providerId !== stall.providerId);
    return { recovered: { ...checkpoint, stalls: checkpoint.stalls + 1, stalled }, stalled: null };
  });

const move = (
  manager: Pick<DataSource, "query">,
  { projection, providerId }: Stall,
  { commit, prepare }: Position,
): Promise<unknown> =>
  manager.query("UPDATE projection_stalls SET commit = $3, prepare = $4 WHERE projection = $1 AND provider_id = $2", [
    projection,
    providerId,
    commit.toString(),
    prepare.toString(),
  ]);

/** The provider's events after the stall's position up to the checkpoint, before the first bad one. */
const freshFor = (stall: Stall, batch: Batch, findings: Findings, checkpoint: Position | null) => {
  const passed = new Set(findings.passed.map(placeOf));
  const bad = firstBadOf(findings, stall.position).get(stall.providerId);
  return ofProvider(batch, stall.providerId).events.filter(
    (event) =>
      comparePositions(event.position, stall.position) > 0 &&
      (checkpoint === null || comparePositions(event.position, checkpoint) <= 0) &&
      (bad === undefined || comparePositions(event.position, bad.position) < 0) &&
      !passed.has(placeOf(event)),
  );
};
