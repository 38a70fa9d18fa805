import { runExport, exportDays } from "../../exports/run-export.js";
import { type Agreement } from "../../exports/totals.js";
import { type Difference, type Findings, type JobOf } from "../job.js";

/** What is exported: the days, both included. */
export interface ExportInput {
  readonly [name: string]: string;
  readonly from: string;
  readonly until: string;
}

/**
 * CSV files for finance, of one snapshot (docs/exports.md). It is never saved: a snapshot cannot be gone on with, so one
 * that was cut off begins anew. Totals that do not agree are its differences.
 */
export const exportJob: JobOf<ExportInput, null> = {
  title: "Export for finance",
  async run({ dataSource, providerId, now }, { from, until }, job): Promise<Findings> {
    if (providerId === null) throw new Error("An export is of one provider");
    const summary = await runExport(dataSource, { providerId, days: exportDays(from, until) }, now(), job);
    const { files, position, at, totals, agreements } = summary;
    const differences = agreements.filter(({ agrees }) => !agrees).map(differenceOf);
    return {
      covered: { source: "read models", fromPosition: null, toPosition: position },
      checked: Object.fromEntries(files.map(({ name, rows }) => [name.split(".")[0] ?? name, rows])),
      differences,
      differencesTotal: differences.length,
      details: { at, totals: totals.map((total) => ({ ...total })), agreements: agreements.map(plain) },
    };
  },
};

const plain = ({ what, currency, sides, agrees }: Agreement) => ({
  ...{ what, currency, agrees },
  sides: sides.map((side) => ({ ...side })),
});

const differenceOf = ({ what, currency, sides }: Agreement): Difference => {
  const each = sides.map(({ of, amount }) => `${of} ${amount}`).join(", ");
  return {
    what: "TOTALS_DIFFER",
    where: `${what}, ${currency}`,
    says: `Files that have to say the same do not: ${each}.`,
    found: sides.map((side) => ({ ...side })),
  };
};
