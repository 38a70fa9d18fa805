import { Button } from "../../../../web/components/button.js";
import { Panel } from "../../../../web/components/panel.js";
import { Table, type TableColumn } from "../../../../web/components/table.js";
import { useSay } from "../../../../web/texts/speech.js";
import { useOpenCommand } from "../../command/drawer.js";
import { useAllowed } from "../../session/viewer.js";
import style from "./account.module.css";
import { AddAliasDrawer, ChangeAliasDrawer, RemoveAliasDrawer } from "./alias-drawers.js";
import { type ShownAccount, type ShownAlias, type ShownAliases } from "./query.js";
import { accountTexts } from "./texts.js";

/** What else it was called: of another moment their texts alone are told. */
export const AliasesThen = ({ aliases }: { readonly aliases: readonly string[] }) => {
  const say = useSay(accountTexts);
  return (
    <Panel title={say("aliases")}>
      <p>{aliases.length === 0 ? say("noAliases") : aliases.join(", ")}</p>
      <p className={style.note}>{say("aliasesThen")}</p>
    </Panel>
  );
};

interface Given {
  readonly account: ShownAccount;
  readonly aliases: ShownAliases;
  readonly reload: () => void;
}

/** What else the account is called, the first page of it. */
export const Aliases = ({ account, aliases: { edges, totalCount }, reload }: Given) => {
  const say = useSay(accountTexts);
  const open = useOpenCommand();
  const isOpen = account.status === "OPEN";
  const isAddable = useAllowed("addAlias") && isOpen;
  const isChangeable = useAllowed("changeAlias") && isOpen;
  const isRemovable = useAllowed("removeAlias") && isOpen;
  const actions = isAddable && (
    <Button
      onPress={() => {
        open(<AddAliasDrawer account={account} reload={reload} />);
      }}
    >
      {say("addAlias")}
    </Button>
  );
  const commands = (shown: ShownAlias) => (
    <span className={style.actions}>
      {isChangeable && (
        <Button
          kind="quiet"
          label={say("changeAliasOf", { alias: shown.alias })}
          onPress={() => {
            open(<ChangeAliasDrawer account={account} alias={shown} reload={reload} />);
          }}
        >
          {say("changeAlias")}
        </Button>
      )}
      {isRemovable && (
        <Button
          kind="quiet"
          label={say("removeAliasOf", { alias: shown.alias })}
          onPress={() => {
            open(<RemoveAliasDrawer account={account} alias={shown} reload={reload} />);
          }}
        >
          {say("removeAlias")}
        </Button>
      )}
    </span>
  );
  const columns: readonly TableColumn<ShownAlias>[] = [
    { id: "alias", title: say("alias"), cell: ({ alias }) => alias },
    { id: "realm", title: say("realm"), cell: ({ realm }) => realm ?? say("everyRealm") },
    { id: "role", title: say("role"), cell: ({ role }) => say(role) },
    {
      id: "authentication",
      title: say("authentication"),
      cell: ({ allowAuthentication }) => say(allowAuthentication ? "allowed" : "notAllowed"),
    },
    ...(isChangeable || isRemovable ? [{ id: "actions", title: say("actions"), cell: commands }] : []),
  ];
  return (
    <Panel title={say("aliases")} actions={actions}>
      {edges.length === 0 ? (
        <p className={style.note}>{say("noAliases")}</p>
      ) : (
        <Table
          label={say("aliasList")}
          columns={columns}
          rows={edges.map(({ node }) => node)}
          keyOf={({ alias, realm }) => `${realm ?? ""} ${alias}`}
        />
      )}
      {totalCount > edges.length && (
        <p className={style.note}>{say("moreAliases", { count: totalCount, shown: edges.length })}</p>
      )}
    </Panel>
  );
};
