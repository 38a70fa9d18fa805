import { entityOf, text, uuid, uuidKey } from "../rows/columns.js";
import { type AccountStatus } from "./table.js";

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
});
