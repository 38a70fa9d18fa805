import { type EntityManager } from "typeorm";
import { type Account } from "#domain/accounts/account.js";
import { type Alias, aliasOf } from "#domain/accounts/alias.js";
import { type Folded } from "../runner/fold-streams.js";
import { upsert } from "../runner/upsert.js";
import { aliasForm } from "../search/forms.js";
import { type AccountAliasRow, accountAliases, type AliasKind } from "./alias-table.js";

/** Writes the rows of the accounts' present identifiers and aliases. */
export const replaceAliases = async (manager: EntityManager, folded: readonly Folded<Account>[]): Promise<void> => {
  const rows = folded.flatMap(rowsOf);
  await manager.query(
    `DELETE FROM account_aliases a USING unnest($1::uuid[], $2::uuid[]) AS k (provider_id, account_id)
      WHERE a.provider_id = k.provider_id AND a.account_id = k.account_id`,
    [folded.map(({ provider }) => provider), folded.map(({ id }) => id)],
  );
  await upsert(manager, accountAliases, rows);
};

const rowsOf = ({ provider, id, state }: Folded<Account>): AccountAliasRow[] => {
  const row = (kind: AliasKind, { alias, ...given }: Alias): AccountAliasRow => ({
    providerId: provider,
    accountId: id,
    customerId: state.customerId,
    kind,
    alias,
    aliasForm: aliasForm(alias),
    accountStatus: state.closedOn === null ? "OPEN" : "CLOSED",
    ...given,
  });
  const { identifier, identifierHash, openedOn } = state;
  // The identifier itself counts everywhere and for everything, as an alias does that is added without more.
  const own = aliasOf({ identifierHash, effectiveOn: openedOn, personal: { alias: identifier } });
  return [row("IDENTIFIER", own), ...state.aliases.map((alias) => row("ALIAS", alias))];
};
