import { rateFlags, type RateVersion } from "#domain/voice/rate-version.js";
import { csvHeader, csvRow } from "../csv/csv.js";
import { RATE_COLUMNS } from "./columns.js";

/** Rates as a file that an import of them takes for what is there already. */
export const rateFileOf = (rates: Iterable<RateVersion>): string =>
  [csvHeader(RATE_COLUMNS), ...[...rates].map(lineOf)].join("");

const lineOf = (rate: RateVersion): string => {
  const flags = Object.fromEntries(rateFlags.map((flag) => [flag, rate[flag] ? "true" : null]));
  return csvRow(RATE_COLUMNS, { ...rate, ...(flags as Record<(typeof rateFlags)[number], string | null>) });
};
