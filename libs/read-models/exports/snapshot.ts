import { setTimeout as delay } from "node:timers/promises";
import { type DataSource, type EntityManager } from "typeorm";
import { comparePositions, type Position } from "#event-store/position.js";
import { loadCheckpoints } from "../runner/checkpoints.js";
import { readSnapshot } from "../runner/snapshot.js";
import { requireNotStalled } from "../runner/stalls.js";

/** The read models of a provider as they stood at one position of the log. Nothing that happens since shows in it. */
export interface Snapshot {
  readonly providerId: string;
  /** All read models of {@link SHOWN} had reached exactly this position. */
  readonly position: Position;
  query<Rows>(sql: string, parameters?: unknown[]): Promise<Rows>;
  /** The rows of a statement, in parts of at most `atOnce`: however many there are, memory holds one part. */
  parts<Row>(sql: string, parameters: readonly unknown[], atOnce?: number): AsyncGenerator<Row[]>;
}

/** The projections that exports read. */
const SHOWN = ["providers", "customers", "accounts", "invoices", "billing"];

const ROWS_AT_ONCE = 1_000;

/** Projections that read together move together; one that reads alone catches up or is repaired within a while. */
const WITHIN_MS = 10_000;
const BETWEEN_MS = 100;

/** The read models did not come to the same position: one is being built, or has failed. */
export class NotAtOnePosition extends Error {
  override readonly name = "NotAtOnePosition";
}

/**
 * Runs work on one snapshot, in a transaction that only reads and that a switch of read models waits for (docs/decisions/0234-exports.md).
 * @throws ProviderStalled where read models lack recorded events of the provider; NotAtOnePosition
 */
export const withSnapshot = async <Result>(
  dataSource: DataSource,
  providerId: string,
  work: (snapshot: Snapshot) => Promise<Result>,
  withinMs = WITHIN_MS,
): Promise<Result> => {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    const read = await readSnapshot(dataSource, async (manager) => {
      await manager.query("SET TRANSACTION READ ONLY");
      await requireNotStalled(manager, providerId);
      const { position, behind } = await positionOf(manager);
      return position === null ? { behind } : { result: await work(snapshotOn(manager, providerId, position)) };
    });
    if ("result" in read) return read.result;
    if (Date.now() >= giveUpAt) throw new NotAtOnePosition(`${read.behind.join(", ")} did not catch up; try again.`);
    await delay(BETWEEN_MS);
  }
};

/** @returns position null: they stand at several, and these are behind */
const positionOf = async (
  db: EntityManager,
): Promise<{ readonly position: Position | null; readonly behind: readonly string[] }> => {
  const shown = (await loadCheckpoints(db)).filter(({ name }) => SHOWN.includes(name));
  const [first] = shown.toSorted((a, b) => comparePositions(b.position, a.position));
  const behind = SHOWN.filter((name) => {
    const found = shown.find((checkpoint) => checkpoint.name === name);
    return !first || !found || comparePositions(found.position, first.position) !== 0;
  });
  return { position: behind.length === 0 && first ? first.position : null, behind };
};

const snapshotOn = (manager: EntityManager, providerId: string, position: Position): Snapshot => {
  let cursors = 0;
  return {
    providerId,
    position,
    query: <Rows>(sql: string, parameters: unknown[] = []) => manager.query<Rows>(sql, parameters),
    async *parts<Row>(sql: string, parameters: readonly unknown[], atOnce = ROWS_AT_ONCE) {
      cursors += 1;
      const cursor = `rows_${cursors}`;
      await manager.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${sql}`, [...parameters]);
      for (;;) {
        const rows = await manager.query<Row[]>(`FETCH ${atOnce} FROM ${cursor}`);
        if (rows.length > 0) yield rows;
        if (rows.length < atOnce) break;
      }
      await manager.query(`CLOSE ${cursor}`);
    },
  };
};
