import { type Instant, type PeriodDays } from "#domain/calendar.js";
import { type Amount } from "#domain/money.js";
import { type Snapshot } from "#read-models/exports/snapshot.js";
import { type Columns, csvHeader, csvRow, type Row } from "../csv/csv.js";

/** What an export is made from. */
export interface Exported {
  readonly snapshot: Snapshot;
  /** Days of issue, of movements and of payments, both included. */
  readonly days: PeriodDays;
  /** The provider's time. */
  readonly now: Instant;
}

/** An amount of a row that the totals of the export add up, by name and currency. */
export interface Measured {
  /** Unique in the file, e.g. `net of invoices`. */
  readonly measure: string;
  readonly amount: Amount;
  readonly currency: string;
}

/** Rows of a file as text, with what they add to its totals. */
export interface Part {
  readonly text: string;
  readonly rows: number;
  readonly measured: readonly Measured[];
}

/** A file of an export. */
export interface ExportFile {
  /** Plain, e.g. `invoices`. */
  readonly name: string;
  readonly header: string;
  /** All rows, a part at a time. */
  parts(exported: Exported): AsyncGenerator<Part>;
}

/** The last column of every file: the position of the log that all files of the export stand at. */
const POSITION = { position: "CODE" } as const;

/** Makes rows of objects that are read in parts. */
export const exportFile = <Of extends Columns, Item>(file: {
  readonly name: string;
  readonly columns: Of;
  read(exported: Exported): AsyncIterable<readonly Item[]>;
  /** Of a whole part, so that what its rows need besides is looked up at once. */
  rows(items: readonly Item[], exported: Exported): Promise<readonly Row<Of>[]> | readonly Row<Of>[];
  measures(item: Item): readonly Measured[];
}): ExportFile => {
  const columns: Columns = { ...file.columns, ...POSITION };
  return {
    name: file.name,
    header: csvHeader(columns),
    async *parts(exported) {
      const { position: at } = exported.snapshot;
      const position = `${at.commit}/${at.prepare}`;
      for await (const items of file.read(exported)) {
        const rows = await file.rows(items, exported);
        yield {
          text: rows.map((row) => csvRow(columns, { ...row, position })).join(""),
          rows: rows.length,
          measured: items.flatMap((item) => file.measures(item)),
        };
      }
    },
  };
};
