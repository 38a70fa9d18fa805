import { rateFlags, type RateVersion } from "#domain/voice/rate-version.js";
import { table } from "../table.js";

export interface Change {
  /** Null: of a prefix that the file does not have. */
  readonly line: number | null;
  readonly kind: "ADDED" | "CHANGED" | "DISCONTINUED" | "UNCHANGED";
  readonly before: RateVersion | null;
  readonly after: RateVersion;
}

export interface Mistake {
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

/** Changes that are listed. */
const LISTED = 50;

export const mistakesTold = (file: string, mistakes: readonly Mistake[]): string =>
  mistakes.map(({ line, code, message }) => `${file}:${line}: ${message} (${code})`).join("\n");

/** What changes, the first ones as a table, then how many of each kind. */
export const changesTold = (changes: readonly Change[], dryRun: boolean): string => {
  const told = changes.filter(({ kind }) => kind !== "UNCHANGED");
  const rows = told
    .slice(0, LISTED)
    .map(({ line, kind, before, after }) => [
      ...[line === null ? "-" : String(line), kind, after.prefix, after.effectiveFrom, before ? termsOf(before) : "-"],
      kind === "DISCONTINUED" ? "-" : termsOf(after),
    ]);
  const head = ["Line", "What", "Prefix", "From", "Before", "After"];
  const more = told.length > LISTED ? [`and ${told.length - LISTED} more`] : [];
  const listed = rows.length === 0 ? [] : [...table(head, "llllll", rows), ...more, ""];
  return [...listed, summary(changes, dryRun)].join("\n");
};

/** All that a line can change. */
const termsOf = (rate: RateVersion): string =>
  [
    `${rate.priceFirst} / ${rate.priceNext}`,
    `${rate.firstInterval} / ${rate.nextInterval} s`,
    `fee ${rate.connectFee}`,
    ...[rate.description, rate.country].filter((text) => text !== null),
    ...rateFlags.filter((flag) => rate[flag]),
  ].join(", ");

const summary = (changes: readonly Change[], dryRun: boolean): string => {
  const count = (wanted: Change["kind"]): number => changes.filter(({ kind }) => kind === wanted).length;
  const counts = `${count("ADDED")} added, ${count("CHANGED")} changed, ${count("DISCONTINUED")} discontinued`;
  const sentence = `${counts}, ${count("UNCHANGED")} unchanged.`;
  return dryRun ? `${sentence} Nothing was recorded.` : sentence;
};
