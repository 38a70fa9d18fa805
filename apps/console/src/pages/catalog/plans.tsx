import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { type TableColumn } from "../../../../web/components/table.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandButton } from "../../command/command-button.js";
import { useListQuery } from "../../frame/list-query.js";
import { CatalogList } from "./catalog-list.js";
import { PeriodFees } from "./fees.js";
import { DefinePlan } from "./plan-commands.js";
import { type ListedPlan, PLANS } from "./query.js";
import { readCatalogSearch } from "./search.js";
import { catalogTexts } from "./texts.js";

/** Page 9, plans: fees by billing period, and what leaving early costs. */
export const PlansPage = () => {
  const say = useSay(catalogTexts);
  const search = useSearch({ from: "/catalog/plans" });
  const { name } = search;
  const navigate = useNavigate({ from: "/catalog/plans" });
  const toName = (typed?: string): void => {
    void navigate({ search: readCatalogSearch({ name: typed }), replace: true });
  };
  const variables = useMemo(() => ({ filter: { ...(name && { name }) } }), [name]);
  const list = useListQuery({ document: PLANS, variables, connection: ({ plans }) => plans });
  const columns: readonly TableColumn<ListedPlan>[] = [
    {
      id: "name",
      title: say("name"),
      cell: (plan) => (
        <Link to="/catalog/plans/$id" params={{ id: plan.id }}>
          {plan.name}
        </Link>
      ),
    },
    {
      id: "fees",
      title: say("fees"),
      cell: ({ recurringFees, currency }) => <PeriodFees fees={recurringFees} currency={currency} />,
    },
    {
      id: "minimumPeriods",
      title: say("minimumPeriods"),
      isNumber: true,
      cell: ({ minimumPeriods }) => minimumPeriods ?? "–",
    },
    { id: "penalty", title: say("penalty"), cell: ({ penalty }) => say(penalty) },
  ];
  return (
    <CatalogList
      kind="plans"
      list={list}
      columns={columns}
      actions={
        <CommandButton
          command="definePlan"
          text={say("definePlan")}
          kind="primary"
          drawer={<DefinePlan reload={list.reload} />}
        />
      }
      search={search}
      onName={toName}
      onClear={toName}
    />
  );
};
