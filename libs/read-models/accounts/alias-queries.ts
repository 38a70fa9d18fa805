import { type DataSource } from "typeorm";
import { type AccountStatus } from "#domain/accounts/account.js";
import { type AliasRole } from "#domain/accounts/alias-role.js";
import { Filtered } from "../rows/filters.js";
import { type ListOptions, type Slice, paginate, type Sorting } from "../rows/paging.js";
import { type Scope } from "../rows/scope.js";
import { aliasForm } from "../search/forms.js";
import { matching, type TextMatch } from "../search/text-match.js";
import { type AccountAliasRow, accountAliases, type AliasKind } from "./alias-table.js";

export interface AccountAliasFilter {
  /** Compared without case; `%`, `_` and `\` are literal. */
  readonly alias?: { readonly match: TextMatch; readonly value: string } | null | undefined;
  readonly accountId?: string | null | undefined;
  readonly customerId?: string | null | undefined;
  readonly kind?: AliasKind | null | undefined;
  readonly accountStatus?: AccountStatus | null | undefined;
  /** The whole realm, without case; the empty text: those without one. */
  readonly realm?: string | null | undefined;
  readonly role?: AliasRole | null | undefined;
  readonly allowAuthentication?: boolean | null | undefined;
}

export type AccountAliasSortField = "ALIAS";

const sorting: Sorting<AccountAliasSortField> = {
  fields: { ALIAS: { sql: "t.aliasForm", type: "text" } },
  byDefault: { by: "ALIAS", direction: "ASC" },
  unique: { sql: "(CAST(t.accountId AS text) || t.identifierHash)", type: "text" },
};

/** Account ids and aliases, one row each, in the order of their characters' codes. */
export const listAccountAliases = (
  dataSource: DataSource,
  scope: Scope,
  options: ListOptions<AccountAliasFilter, AccountAliasSortField> = {},
): Promise<Slice<AccountAliasRow>> => {
  const { alias, accountId, customerId, kind, accountStatus, realm, role, allowAuthentication } = options.filter ?? {};
  const filtered = new Filtered(dataSource, accountAliases, scope, "customerId")
    .isId("accountId", accountId)
    .isId("customerId", customerId)
    .is("kind", kind)
    .is("accountStatus", accountStatus)
    .is("role", role)
    .is("allowAuthentication", allowAuthentication)
    .where("coalesce(t.realm, '') = ?", realm == null ? realm : aliasForm(realm));
  if (alias) {
    const { condition, value } = matching("t.aliasForm", alias.match, aliasForm(alias.value));
    filtered.where(condition, value);
  }
  return paginate(filtered.query, sorting, options);
};
