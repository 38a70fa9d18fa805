import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { type TableColumn } from "../../../../web/components/table.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandButton } from "../../command/command-button.js";
import { useListQuery } from "../../frame/list-query.js";
import { NamedList } from "./named-list.js";
import { type ListedTariff, TARIFFS } from "./query.js";
import { readNameSearch } from "./search.js";
import { DefineTariff } from "./tariff-drawers.js";
import { tariffTexts } from "./texts.js";

/** Page 19, tariffs. */
export const TariffsPage = () => {
  const say = useSay(tariffTexts);
  const { name } = useSearch({ from: "/tariffs" });
  const navigate = useNavigate({ from: "/tariffs" });
  const variables = useMemo(() => ({ filter: { ...(name && { name }) } }), [name]);
  const list = useListQuery({ document: TARIFFS, variables, connection: ({ tariffs }) => tariffs });
  const columns: readonly TableColumn<ListedTariff>[] = [
    {
      id: "name",
      title: say("name"),
      cell: (tariff) => (
        <Link to="/tariffs/$id" params={{ id: tariff.id }}>
          {tariff.name}
        </Link>
      ),
    },
    { id: "description", title: say("description"), cell: ({ description }) => description },
    { id: "currency", title: say("currency"), cell: ({ currency }) => currency },
    { id: "matchBy", title: say("matchBy"), cell: ({ matchBy }) => say(matchBy) },
    { id: "duration", title: say("duration"), cell: ({ duration }) => say(duration) },
  ];
  return (
    <NamedList
      kind="tariffs"
      list={list}
      columns={columns}
      name={name}
      onName={(typed) => {
        void navigate({ search: readNameSearch({ name: typed }), replace: true });
      }}
      actions={
        <CommandButton
          command="defineTariff"
          text={say("defineTariff")}
          kind="primary"
          drawer={<DefineTariff reload={list.reload} />}
        />
      }
    />
  );
};
