import { useMemo } from "react";
import { Notice, Skeleton } from "../../../../web/components/notice.js";
import { VirtualTable } from "../../../../web/components/virtual-table.js";
import { useSay } from "../../../../web/texts/speech.js";
import { useListQuery } from "../../frame/list-query.js";
import { PathLink } from "../../frame/path-link.js";
import { Failed } from "../../refusal/failed.js";
import { ALIASES } from "./query.js";
import { type SearchSearch } from "./search.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

interface Given {
  readonly text: string;
  readonly match: NonNullable<SearchSearch["match"]>;
}

/** The account ids and aliases that match a text in one way, all of them. */
export const Aliases = ({ text, match }: Given) => {
  const say = useSay({ en, it });
  const variables = useMemo(() => ({ filter: { alias: { match, value: text } } }), [match, text]);
  const list = useListQuery({ document: ALIASES, variables, connection: (data) => data.accountAliases });
  if (list.failure) return <Failed failure={list.failure} retry={list.reload} />;
  if (list.state === "loading") return <Skeleton rows={10} />;
  if (list.rows.length === 0) return <Notice title={say("none", { text })} />;
  return (
    <VirtualTable
      key={JSON.stringify(variables)}
      label={say("aliases")}
      rows={list.rows}
      keyOf={({ accountId, kind, alias }) => `${accountId} ${kind} ${alias}`}
      total={list.total}
      more={list.more}
      place={list.place}
      onPlace={list.onPlace}
      columns={[
        {
          id: "alias",
          title: say("alias"),
          cell: ({ alias, accountId }) => <PathLink href={`/accounts/${accountId}`}>{alias}</PathLink>,
        },
        { id: "kind", title: say("kind"), isMinor: true, cell: ({ kind }) => say(kind) },
        { id: "account", title: say("account"), isMinor: true, cell: ({ account }) => account?.identifier },
        { id: "status", title: say("status"), isMinor: true, cell: ({ account }) => account && say(account.status) },
        { id: "customer", title: say("customer"), cell: ({ customer }) => customer?.contact.name },
      ]}
    />
  );
};
