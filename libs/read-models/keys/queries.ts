import { type DataSource } from "typeorm";
import { type Key } from "#domain/keys/key.js";
import { Filtered, isUuid } from "../rows/filters.js";
import { findKnown, type Known } from "../rows/known.js";
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

type Reading = Pick<DataSource, "query">;

/** The key with this hash. */
export const keyBySecretHash = (dataSource: Reading, secretHash: string): Promise<Known<Key> | null> =>
  findKnown(dataSource, "api_keys", "secret_hash = $1", secretHash);

export const keyById = (dataSource: Reading, keyId: string): Promise<Known<Key> | null> =>
  findKnown(dataSource, "api_keys", "id = $1::uuid", keyId);
