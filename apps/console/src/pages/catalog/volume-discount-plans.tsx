import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { type TableColumn } from "../../../../web/components/table.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandButton } from "../../command/command-button.js";
import { useListQuery } from "../../frame/list-query.js";
import { CatalogList } from "./catalog-list.js";
import { DefineVolumeDiscountPlan } from "./define-volume-discount-plan.js";
import { type ListedVolumeDiscountPlan, VOLUME_DISCOUNT_PLANS } from "./query.js";
import { readCatalogSearch } from "./search.js";
import { catalogTexts } from "./texts.js";
import { useDecimal } from "./use-decimal.js";

/** Page 9, volume discount plans: how much of a service is included, and the discount from more on. */
export const VolumeDiscountPlansPage = () => {
  const say = useSay(catalogTexts);
  const decimal = useDecimal();
  const search = useSearch({ from: "/catalog/volume-discount-plans" });
  const { name } = search;
  const navigate = useNavigate({ from: "/catalog/volume-discount-plans" });
  const toName = (typed?: string): void => {
    void navigate({ search: readCatalogSearch({ name: typed }), replace: true });
  };
  const variables = useMemo(() => ({ filter: { ...(name && { name }) } }), [name]);
  const list = useListQuery({
    document: VOLUME_DISCOUNT_PLANS,
    variables,
    connection: (data) => data.volumeDiscountPlans,
  });
  const columns: readonly TableColumn<ListedVolumeDiscountPlan>[] = [
    {
      id: "name",
      title: say("name"),
      cell: (plan) => (
        <Link to="/catalog/volume-discount-plans/$id" params={{ id: plan.id }}>
          {plan.name}
        </Link>
      ),
    },
    { id: "service", title: say("service"), cell: ({ service }) => service },
    { id: "quota", title: say("quota"), cell: ({ quota, unit }) => say("volume", { volume: decimal(quota), unit }) },
    {
      id: "thresholds",
      title: say("thresholds"),
      cell: ({ thresholds, unit }) => (
        <ul>
          {thresholds.map(({ from, percent }) => (
            <li key={from}>{say("threshold", { from: decimal(from), unit, percent: decimal(percent) })}</li>
          ))}
        </ul>
      ),
    },
  ];
  return (
    <CatalogList
      kind="volumeDiscountPlans"
      list={list}
      columns={columns}
      actions={
        <CommandButton
          command="defineVolumeDiscountPlan"
          text={say("defineVolumeDiscountPlan")}
          kind="primary"
          drawer={<DefineVolumeDiscountPlan reload={list.reload} />}
        />
      }
      search={search}
      onName={toName}
      onClear={toName}
    />
  );
};
