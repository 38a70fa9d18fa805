import { type Instant } from "#domain/calendar.js";
import { rateFlags, type RateVersion } from "#domain/voice/rate-version.js";
import { csvHeader, csvRow } from "../csv/csv.js";
import { RATE_COLUMNS } from "./columns.js";

/** A version as a row has it; without an instant it holds from when the import says. */
export interface WrittenRate extends Omit<RateVersion, "effectiveFrom"> {
  readonly effectiveFrom: Instant | null;
}

/** Rates as a file that an import of them takes for what is there already. */
export const rateFileOf = (rates: Iterable<WrittenRate>): string =>
  [csvHeader(RATE_COLUMNS), ...[...rates].map(lineOf)].join("");

const lineOf = (rate: WrittenRate): string => {
  const flags = Object.fromEntries(rateFlags.map((flag) => [flag, rate[flag] ? "true" : null]));
  return csvRow(RATE_COLUMNS, { ...rate, ...(flags as Record<(typeof rateFlags)[number], string | null>) });
};
