import { type DataSource } from "typeorm";
import { type RecordedEvent } from "#event-store/event.js";
import { positionToText, START } from "#event-store/position.js";
import { projections } from "../read-models.js";
import { applyBatch } from "../runner/apply-batch.js";
import { alignCheckpoints, loadCheckpoints } from "../runner/checkpoints.js";
import { membersOf } from "../runner/leader.js";
import { type Projection } from "../runner/projection.js";

const tablesOf = (of: readonly Projection[]) => of.flatMap(({ tables }) => tables);

/** All rows of the projections' tables, as text, in a stable order. */
export const allRows = async (
  dataSource: DataSource,
  of: readonly Projection[] = projections,
): Promise<Record<string, string[]>> => {
  const rows: Record<string, string[]> = {};
  for (const table of tablesOf(of)) {
    const found = await dataSource.query<{ row: string }[]>(`SELECT to_jsonb(t)::text AS row FROM ${table} t`);
    rows[table] = found.map(({ row }) => row).sort();
  }
  return rows;
};

/** Empties all tables, as in a new database. */
export const startOver = async (dataSource: DataSource, of: readonly Projection[] = projections): Promise<void> => {
  await dataSource.query(`TRUNCATE projection_checkpoints, ${tablesOf(of).join(", ")}`);
};

/** Applies the events to all projections, in batches of the given sizes over and over. */
export const project = async (
  dataSource: DataSource,
  events: readonly RecordedEvent[],
  sizes: readonly number[] = [events.length],
  of: readonly Projection[] = projections,
): Promise<void> => {
  const members = membersOf(of, await alignCheckpoints(dataSource, of));
  for (let from = 0, turn = 0; from < events.length; turn += 1) {
    const batch = events.slice(from, from + (sizes[turn % sizes.length] ?? 1));
    from += batch.length;
    const position = batch.at(-1)?.position ?? START;
    await applyBatch(dataSource, members, { events: batch, position, caughtUp: from >= events.length });
  }
};

/** Status and position of each projection, e.g. `{ customers: "LIVE 1200/1200" }`. */
export const checkpoints = async (dataSource: DataSource): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await loadCheckpoints(dataSource)).map(({ name, status, position }) => [
      name,
      `${status} ${positionToText(position)}`,
    ]),
  );
