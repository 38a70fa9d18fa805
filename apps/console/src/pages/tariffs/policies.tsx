import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { type TableColumn } from "../../../../web/components/table.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandButton } from "../../command/command-button.js";
import { useListQuery } from "../../frame/list-query.js";
import { NamedList } from "./named-list.js";
import { DefinePolicy, RevisePolicy } from "./policy-drawers.js";
import { type ListedPolicy, POLICIES } from "./query.js";
import { readNameSearch } from "./search.js";
import { tariffTexts } from "./texts.js";

/** Page 19, service policies: what is done with redirections, and to which networks they are trusted. */
export const PoliciesPage = () => {
  const say = useSay(tariffTexts);
  const { name } = useSearch({ from: "/policies" });
  const navigate = useNavigate({ from: "/policies" });
  const variables = useMemo(() => ({ filter: { ...(name && { name }) } }), [name]);
  const list = useListQuery({ document: POLICIES, variables, connection: (data) => data.servicePolicies });
  const columns: readonly TableColumn<ListedPolicy>[] = [
    { id: "name", title: say("name"), cell: (policy) => policy.name },
    { id: "description", title: say("description"), cell: ({ description }) => description },
    {
      id: "redirectAction",
      title: say("redirectAction"),
      cell: ({ redirectAction }) => say(redirectAction ?? "notEnabled"),
    },
    {
      id: "trustedNetworks",
      title: say("trustedNetworks"),
      cell: ({ trustedNetworks }) => trustedNetworks?.join(", ") ?? say("notEnabled"),
    },
    {
      id: "revise",
      title: say("revise"),
      cell: (policy) => (
        <CommandButton
          command="reviseServicePolicy"
          text={say("revise")}
          kind="quiet"
          label={say("reviseNamed", { name: policy.name })}
          drawer={<RevisePolicy policy={policy} reload={list.reload} />}
        />
      ),
    },
  ];
  return (
    <NamedList
      kind="policies"
      list={list}
      columns={columns}
      name={name}
      onName={(typed) => {
        void navigate({ search: readNameSearch({ name: typed }), replace: true });
      }}
      actions={
        <CommandButton
          command="defineServicePolicy"
          text={say("definePolicy")}
          kind="primary"
          drawer={<DefinePolicy reload={list.reload} />}
        />
      }
    />
  );
};
