import { randomUUID } from "node:crypto";
import { positionToText } from "#event-store/position.js";
import { projections } from "#read-models/read-models.js";
import { type DifferentRow, type DifferentValue } from "#read-models/replay/compare.js";
import { replay, type Replayed } from "#read-models/replay/replay.js";
import { csvHeader, csvRow } from "../../csv/csv.js";
import { requireProvider } from "../known-provider.js";
import { type Difference, type Findings, type JobOf, type Json, MOST_DIFFERENCES } from "../job.js";

/** What a replay is asked to do. */
export interface Replay {
  readonly source: "journal" | "events";
  /** Puts the rebuilt read models in the place of the live ones, whether they differ or not. Of all providers only. */
  readonly switchIn: boolean;
}

/** The shadow that a replay that was cut off has built in. */
interface Begun {
  readonly id: string;
}

/**
 * Rebuilds every read model beside the live one, from the first event on, and compares them row by row. The journal is
 * left out: it is proven by its own chain (verify).
 */
export const replayJob: JobOf<
  Readonly<Record<keyof Replay, string | boolean>>,
  Readonly<Record<keyof Begun, string>>
> = {
  title: "Replay of read models",
  async run(context, input, job) {
    const { dataSource, store, providerId } = context;
    if (job.saved === null) await requireProvider(context);
    const { source, switchIn } = input as unknown as Replay;
    const id = job.saved?.id ?? randomUUID();
    if (job.saved === null) await job.save({ id });
    const replayed = await replay({
      ...{ store, dataSource, providerId, source, switchIn, id },
      projections: projections.filter(({ name }) => name !== "journal"),
      signal: job.signal,
      progress: (progress) => {
        job.progress(progress);
      },
      mostRows: MOST_DIFFERENCES,
    });
    await job.append("tables.csv", tablesCsv(replayed));
    return findingsOf(replayed, source);
  },
};

const findingsOf = (replayed: Replayed, source: Replay["source"]): Findings => {
  const { tables, rows, notCompared, stalls, position, versions, events, switched } = replayed;
  const others: Difference[] = [
    ...notCompared.map(({ readModel, reason }) => ({
      what: "READ_MODEL_NOT_COMPARED",
      where: readModel,
      says: `The read model ${readModel} was not compared: ${reason}.`,
    })),
    ...stalls.map(({ readModel, providerId, inLive }) => ({
      what: inLive ? "STALLED_LIVE" : "STALLED_REBUILT",
      where: `${readModel} of provider ${providerId}`,
      says: inLive
        ? "The live rows of this provider stand still, and those rebuilt do not."
        : "The live rows of this provider go on, and those rebuilt stand still.",
    })),
  ];
  const different = tables.reduce((sum, table) => sum + table.different, 0);
  return {
    covered: { source, fromPosition: null, toPosition: positionToText(position) },
    checked: {
      ...{ tables: tables.length, rows: tables.reduce((sum, { live }) => sum + live, 0), events },
    },
    differences: [...others, ...rows.map(differenceOf)].slice(0, MOST_DIFFERENCES),
    differencesTotal: different + others.length,
    details: {
      ...{ versions, switched },
      tables: tables.map(({ table, live, rebuilt, different: rowsThatDiffer }) => ({
        ...{ table, live, rebuilt, different: rowsThatDiffer },
      })),
    },
  };
};

const differenceOf = ({ table, key, kind, values }: DifferentRow): Difference => {
  const named = Object.entries(key).map(([column, value]) => `${column} ${textOf(value)}`);
  const where = `${table} (${named.join(", ")})`;
  switch (kind) {
    case "MISSING":
      return { what: "ROW_MISSING", where, says: `The events make this row of ${table}, and it is not there.` };
    case "ADDED":
      return { what: "ROW_ADDED", where, says: `No event makes this row of ${table}.` };
    case "CHANGED":
      return {
        what: "ROW_CHANGED",
        where,
        says:
          values.length === 0
            ? `This row of ${table} is written otherwise than the events write it.`
            : `The events give other values of ${values.map(({ path }) => path).join(", ")}.`,
        expected: sideOf(values, "rebuilt"),
        found: sideOf(values, "live"),
      };
  }
};

const textOf = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));

const sideOf = (values: readonly DifferentValue[], side: "live" | "rebuilt"): Json =>
  Object.fromEntries(
    values.flatMap((value) => {
      const found = value[side];
      return found === undefined ? [] : [[value.path, found]];
    }),
  );

const TABLES = { table: "CODE", live: "COUNT", rebuilt: "COUNT", different: "COUNT" } as const;

const tablesCsv = ({ tables }: Replayed): string =>
  csvHeader(TABLES) + tables.map((table) => csvRow(TABLES, table)).join("");
