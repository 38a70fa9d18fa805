import { type AccountStatus } from "#domain/accounts/account.js";
import { type AliasRole } from "#domain/accounts/alias-role.js";
import { boolean, entityOf, nullable, text, uuid, uuidKey } from "../rows/columns.js";

export type AliasKind = "IDENTIFIER" | "ALIAS";

/** An identifier or alias of an account. A closed account keeps its rows. */
export interface AccountAliasRow {
  readonly providerId: string;
  readonly accountId: string;
  readonly identifierHash: string;
  readonly customerId: string;
  readonly kind: AliasKind;
  /** As it was given. */
  readonly alias: string;
  /** As it is compared: texts of the same form are the same identifier. */
  readonly aliasForm: string;
  readonly accountStatus: AccountStatus;
  /** The domain name that it counts in; null: it counts in every realm. */
  readonly realm: string | null;
  readonly role: AliasRole;
  /** Whether it identifies a caller. */
  readonly allowAuthentication: boolean;
}

export const accountAliases = entityOf<AccountAliasRow>("AccountAlias", "account_aliases", {
  providerId: uuidKey,
  accountId: uuidKey,
  identifierHash: { ...text, primary: true },
  customerId: uuid,
  kind: text,
  alias: text,
  aliasForm: text,
  accountStatus: text,
  realm: nullable(text),
  role: text,
  allowAuthentication: boolean,
});
