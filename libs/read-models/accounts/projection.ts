import { type Account, accountStatus } from "#domain/accounts/account.js";
import { type Folded, foldStreams } from "../runner/fold-streams.js";
import { type Projection } from "../runner/projection.js";
import { upsert } from "../runner/upsert.js";
import { replaceAliases } from "./aliases.js";
import { type AccountRow, accounts } from "./table.js";

/** Accounts, each as the folded state of its stream, and a row for each identifier and alias. */
export const accountsProjection: Projection<"account"> = {
  name: "accounts",
  version: 5,
  tables: ["accounts", "account_aliases"],
  lateIndexes: [
    "accounts_customer",
    "accounts_identifier",
    "account_aliases_contains",
    "account_aliases_customer",
    "account_aliases_ends",
    "account_aliases_starts",
  ],
  categories: ["account"],
  async apply(manager, events) {
    const folded = await foldStreams(manager, "account", { table: "accounts", idColumn: "id" }, events);
    await upsert(manager, accounts, folded.map(toRow), { fixed: ["createdCommit", "createdAt"] });
    await replaceAliases(manager, folded);
  },
};

const toRow = ({ provider, id, state, revision, last, first }: Folded<Account>): AccountRow => ({
  providerId: provider,
  id,
  customerId: state.customerId,
  mainProductId: state.mainProductId,
  identifier: state.identifier,
  aliases: state.aliases.map(({ alias }) => alias),
  openedOn: state.openedOn,
  closedOn: state.closedOn,
  status: accountStatus(state),
  state,
  revision: revision.toString(),
  createdCommit: first.position.commit.toString(),
  createdAt: first.metadata.recordedAt,
  updatedAt: last.metadata.recordedAt,
});
