import { type DataSource } from "typeorm";
import { type Key } from "#domain/keys/key.js";
import { Filtered, isUuid } from "../rows/filters.js";
import { type ListOptions, paginate, type Slice, type Sorting } from "../rows/paging.js";
import { type Scope } from "../rows/scope.js";
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

/** Of a provider alone: no customer has keys, or sees any. */
const filtered = (dataSource: DataSource, scope: Scope): Filtered<KeyRow> => {
  const own = new Filtered(dataSource, keys, scope, null);
  if (scope.customerId !== null) own.query.andWhere("FALSE");
  return own;
};

/** Keys whose streams are the provider's, those that no longer count among them. */
export const listKeys = (
  dataSource: DataSource,
  scope: Scope,
  options: ListOptions<KeyFilter, KeySortField>,
): Promise<Slice<KeyRow>> => {
  const { label, withOperators = false } = options.filter ?? {};
  const { query } = filtered(dataSource, scope).where("strpos(lower(t.state->>'label'), lower(?)) > 0", label);
  if (!withOperators) query.andWhere("NOT 'operator' = ANY(t.roles)");
  return paginate(query, sorting, options);
};

export const findKeys = async (dataSource: DataSource, scope: Scope, ids: readonly string[]): Promise<KeyRow[]> =>
  filtered(dataSource, scope).where("t.id = ANY(CAST(? AS uuid[]))", ids.filter(isUuid)).query.getMany();

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
