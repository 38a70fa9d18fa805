import { type DataSource } from "typeorm";
import { type AccountStatus } from "#domain/accounts/account.js";
import { identifierText } from "#domain/accounts/identifier-form.js";
import { byIds, Filtered } from "../rows/filters.js";
import { type ListOptions, type Slice, paginate, type Sorting } from "../rows/paging.js";
import { type Scope } from "../rows/scope.js";
import { fit } from "../runner/fit.js";
import { aliasForm } from "../search/forms.js";
import { type AccountRow, accounts } from "./table.js";

export interface AccountFilter {
  /** The identifier or one of the aliases without a realm: the whole text, without case. */
  readonly identifier?: string | null | undefined;
  readonly customerId?: string | null | undefined;
  readonly mainProductId?: string | null | undefined;
  readonly status?: AccountStatus | null | undefined;
}

export type AccountSortField = "CREATED" | "IDENTIFIER" | "OPENED";

const sorting: Sorting<AccountSortField> = {
  fields: {
    CREATED: { sql: "t.createdCommit", type: "numeric" },
    IDENTIFIER: { sql: "t.identifier", type: "text" },
    OPENED: { sql: "t.openedOn", type: "date" },
  },
  byDefault: { by: "CREATED", direction: "ASC" },
  unique: { sql: "t.id", type: "uuid" },
};

const HAS_IDENTIFIER = `t.id IN (
  SELECT a.account_id FROM account_aliases a WHERE a.provider_id = t.providerId AND a.alias_form = ?
             AND a.realm IS NULL)`;

export const listAccounts = (
  dataSource: DataSource,
  scope: Scope,
  options: ListOptions<AccountFilter, AccountSortField> = {},
): Promise<Slice<AccountRow>> => {
  const { identifier, customerId, mainProductId, status } = options.filter ?? {};
  const { query } = new Filtered(dataSource, accounts, scope, "customerId")
    .where(HAS_IDENTIFIER, identifier == null ? identifier : aliasForm(identifier))
    .isId("customerId", customerId)
    .isId("mainProductId", mainProductId)
    .is("status", status);
  return paginate(query, sorting, options);
};

/** Unknown ids are left out. */
export const findAccounts = (dataSource: DataSource, scope: Scope, ids: readonly string[]): Promise<AccountRow[]> =>
  byIds(dataSource, accounts, scope, "customerId", ids);

/**
 * The open account with this identifier or alias without a realm, else the one that had it last; null when none ever had. Of accounts
 * with several spellings, from before identifiers were compared without case, the one with this spelling.
 */
export const findAccountByIdentifier = (
  dataSource: DataSource,
  scope: Scope,
  identifier: string,
): Promise<AccountRow | null> =>
  new Filtered(dataSource, accounts, scope, "customerId")
    .where(HAS_IDENTIFIER, aliasForm(identifier))
    .query.orderBy("t.status", "DESC")
    .addOrderBy("(t.identifier = :spelling OR t.aliases @> ARRAY[CAST(:spelling AS text)])", "DESC")
    .setParameter("spelling", fit(identifierText(identifier)))
    .addOrderBy("t.createdCommit", "DESC")
    .limit(1)
    .getOne();

/** The account id of the customer's first account; null: it never had one. */
export const firstAccountIdOf = async (
  dataSource: Pick<DataSource, "query">,
  providerId: string,
  customerId: string,
): Promise<string | null> => {
  const [row] = await dataSource.query<{ identifier: string }[]>(
    "SELECT identifier FROM accounts WHERE provider_id = $1 AND customer_id = $2 ORDER BY created_commit, id LIMIT 1",
    [providerId, customerId],
  );
  return row?.identifier ?? null;
};
