import { type DataSource } from "typeorm";
import { type Key } from "#domain/keys/key.js";
import { byIds, Filtered } from "../rows/filters.js";
import { type ListOptions, paginate, type Slice, type Sorting } from "../rows/paging.js";
import { type KeyRow, keys } from "./table.js";

export interface KeyFilter {
  /** Part of the label, whatever its case. */
  readonly label?: string | null | undefined;
  /** Whether keys of operators are listed too, which are of the installation. */
  readonly withOperators: boolean;
}

export type KeySortField = "CREATED" | "LABEL";

const sorting: Sorting<KeySortField> = {
  fields: {
    CREATED: { sql: "t.createdCommit", type: "numeric" },
    LABEL: { sql: "lower(t.state->>'label')", type: "text" },
  },
  byDefault: { by: "CREATED", direction: "ASC" },
  unique: { sql: "t.id", type: "uuid" },
};

/** Keys whose streams are the provider's, those that no longer count among them. */
export const listKeys = (
  dataSource: DataSource,
  providerId: string,
  options: ListOptions<KeyFilter, KeySortField>,
): Promise<Slice<KeyRow>> => {
  const { label, withOperators = false } = options.filter ?? {};
  const { query } = new Filtered(dataSource, keys, providerId).where(
    "strpos(lower(t.state->>'label'), lower(?)) > 0",
    label,
  );
  if (!withOperators) query.andWhere("NOT 'operator' = ANY(t.roles)");
  return paginate(query, sorting, options);
};

export const findKeys = (dataSource: DataSource, providerId: string, ids: readonly string[]): Promise<KeyRow[]> =>
  byIds(dataSource, keys, providerId, ids);

/** A key with the provider that its stream belongs to. */
export interface KnownKey {
  readonly providerId: string;
  readonly key: Key;
}

/** The key with this hash, of whichever provider; null: there is none. */
export const keyBySecretHash = (dataSource: Pick<DataSource, "query">, secretHash: string): Promise<KnownKey | null> =>
  known(dataSource, "secret_hash = $1", secretHash);

/** Likewise, by its id. */
export const keyById = (dataSource: Pick<DataSource, "query">, keyId: string): Promise<KnownKey | null> =>
  known(dataSource, "id = $1::uuid", keyId);

const known = async (
  dataSource: Pick<DataSource, "query">,
  condition: string,
  value: string,
): Promise<KnownKey | null> => {
  const [row] = await dataSource.query<{ provider_id: string; state: Key }[]>(
    `SELECT provider_id, state FROM api_keys WHERE ${condition}`,
    [value],
  );
  return row ? { providerId: row.provider_id, key: row.state } : null;
};
