import { type DataSource } from "typeorm";
import { type Effective } from "#domain/voice/effective.js";
import { prefixesOf } from "#domain/voice/rate-table.js";
import { type RateFlag, rateFlags } from "#domain/voice/rate-version.js";
import { Filtered } from "../rows/filters.js";
import { type ListOptions, type Slice, paginate, type Sorting } from "../rows/paging.js";
import { type Scope } from "../rows/scope.js";
import { type TariffRateRow, tariffRates } from "./table.js";

export interface RateFilter extends Readonly<Partial<Record<RateFlag, boolean | null>>> {
  /** Prefixes that begin with these digits. */
  readonly prefix?: string | null | undefined;
  readonly country?: string | null | undefined;
  readonly effective: Effective;
}

export type RateSortField = "PREFIX";

const sorting: Sorting<RateSortField> = {
  fields: { PREFIX: { sql: "t.prefix", type: "text" } },
  byDefault: { by: "PREFIX", direction: "ASC" },
  unique: { sql: "t.effectiveFrom", type: "timestamptz" },
};

const AFTER_START = "t.effectiveFrom <= CAST(? AS timestamptz)";
const BEFORE_END = "(t.effectiveUntil IS NULL OR t.effectiveUntil > CAST(? AS timestamptz))";

/** Versions of a tariff's rates by when they hold (libs/domain/voice/effective.ts), by prefix, then by instant. */
export const listRates = (
  dataSource: DataSource,
  scope: Scope,
  tariffId: string,
  options: ListOptions<RateFilter, RateSortField> & { readonly filter: RateFilter },
): Promise<Slice<TariffRateRow>> => {
  const { prefix, country, effective, ...flags } = options.filter;
  const filtered = new Filtered(dataSource, tariffRates, scope, null)
    .isId("tariffId", tariffId)
    .where("t.prefix LIKE ?", prefix && `${prefix.replaceAll(/[\\%_]/g, "\\$&")}%`)
    .is("country", country)
    .where(AFTER_START, effective.mode === "AT_AND_AFTER" ? null : effective.at)
    .where(BEFORE_END, effective.mode === "AT_AND_BEFORE" ? null : effective.at);
  for (const flag of rateFlags) filtered.where(`t.${flag} = CAST(? AS boolean)`, flags[flag]?.toString());
  return paginate(filtered.query, sorting, options);
};

/** All versions of the prefixes that a number has, in no particular order. */
export const ratesOfNumber = (
  dataSource: DataSource,
  scope: Scope,
  tariffId: string,
  number: string | null,
): Promise<TariffRateRow[]> => ratesOfPrefixes(dataSource, scope, tariffId, prefixesOf(number));

/** All versions of these prefixes, in no particular order. */
export const ratesOfPrefixes = (
  dataSource: DataSource,
  scope: Scope,
  tariffId: string,
  prefixes: readonly string[],
): Promise<TariffRateRow[]> =>
  new Filtered(dataSource, tariffRates, scope, null)
    .isId("tariffId", tariffId)
    .where("t.prefix = ANY(CAST(? AS text[]))", prefixes)
    .query.getMany();
