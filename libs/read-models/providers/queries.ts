import { type DataSource } from "typeorm";
import { type Instant } from "#domain/calendar.js";
import { nowOf, type Provider } from "#domain/providers/provider.js";
import { isUuid } from "../rows/filters.js";
import { type ListOptions, type Slice, paginate, type Sorting } from "../rows/paging.js";
import { type ProviderRow, providers } from "./table.js";

export interface ProviderFilter {
  /** Part of the name, whatever its case. */
  readonly name?: string | null | undefined;
}

export type ProviderSortField = "CREATED" | "NAME";

const sorting: Sorting<ProviderSortField> = {
  fields: {
    CREATED: { sql: "t.createdCommit", type: "numeric" },
    NAME: { sql: "lower(t.name)", type: "text" },
  },
  byDefault: { by: "CREATED", direction: "ASC" },
  unique: { sql: "t.providerId", type: "uuid" },
};

/** All providers of the installation. */
export const listProviders = (
  dataSource: DataSource,
  options: ListOptions<ProviderFilter, ProviderSortField> = {},
): Promise<Slice<ProviderRow>> => {
  const query = dataSource.getRepository(providers).createQueryBuilder("t");
  const name = options.filter?.name;
  if (name != null) query.where("strpos(lower(t.name), lower(:name)) > 0", { name });
  return paginate(query, sorting, options);
};

export const findProvider = async (dataSource: DataSource, providerId: string): Promise<ProviderRow | null> =>
  isUuid(providerId) ? dataSource.getRepository(providers).findOneBy({ providerId }) : null;

/** The state of a provider; null: not projected yet. */
export const providerState = async (
  dataSource: Pick<DataSource, "query">,
  providerId: string,
): Promise<Provider | null> => {
  const [row] = await dataSource.query<{ state: Provider }[]>("SELECT state FROM providers WHERE provider_id = $1", [
    providerId,
  ]);
  return row?.state ?? null;
};

/** The present time of each provider that is projected; others are left out. */
export const clocksOf = async (
  dataSource: DataSource,
  providerIds: readonly string[],
): Promise<ReadonlyMap<string, Instant>> => {
  if (providerIds.length === 0) return new Map();
  const rows = await dataSource.query<{ provider_id: string; state: Provider }[]>(
    "SELECT provider_id, state FROM providers WHERE provider_id = ANY($1::uuid[])",
    [providerIds],
  );
  const systemNow = new Date().toISOString();
  return new Map(rows.map(({ provider_id, state }) => [provider_id, nowOf(state, systemNow)]));
};

/** The states of providers; those that are not projected are left out. */
export const providerStates = async (dataSource: DataSource, ids: readonly string[]): Promise<Provider[]> => {
  const rows = await dataSource.query<{ state: Provider }[]>(
    "SELECT state FROM providers WHERE provider_id = ANY($1::uuid[])",
    [ids],
  );
  return rows.map(({ state }) => state);
};
