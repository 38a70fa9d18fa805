import { type Instant } from "#domain/calendar.js";
import { type RateChange } from "#domain/voice/rate-changes.js";
import { changesAhead } from "#domain/voice/rates.js";
import { type FactSource } from "../command/facts.js";
import { importFacts } from "./facts.js";
import { type RateFilePart, type RateMistake, readRates, withRates } from "./read.js";

/** A row of a file, with what it would change. */
export interface RowChange extends RateChange {
  readonly line: number;
}

/** What an import of a part of a file would do. With a mistake nothing would be recorded. */
export interface DryRun {
  readonly mistakes: readonly RateMistake[];
  /** Of each row, in order; none while there is a mistake. */
  readonly changes: readonly RowChange[];
}

/** Null: there is no such tariff. */
export const dryRunOf = async (
  facts: FactSource,
  providerId: string,
  { tariffId, ...part }: RateFilePart & { readonly tariffId: string },
  now: Instant,
): Promise<DryRun | null> => {
  const file = readRates(part);
  const { tariffExists, ...others } = await importFacts(facts, providerId, tariffId, file);
  if (!tariffExists) return null;
  const { done, mistakes } = withRates(file, now, (rates) => changesAhead(rates, others, now));
  const changes = (done ?? []).map((change, place) => ({ ...change, line: file.rows[place]?.line ?? 0 }));
  return { mistakes, changes: mistakes.length > 0 ? [] : changes };
};
