import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { type TableColumn } from "../../../../web/components/table.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandButton } from "../../command/command-button.js";
import { useListQuery } from "../../frame/list-query.js";
import { CatalogList } from "./catalog-list.js";
import { DefineAddOnProduct } from "./product-commands.js";
import { ADD_ON_PRODUCTS, type ListedAddOnProduct } from "./query.js";
import { readCatalogSearch } from "./search.js";
import { catalogTexts } from "./texts.js";

/** Page 9, add-on products: what offers bring with them. */
export const AddOnProductsPage = () => {
  const say = useSay(catalogTexts);
  const search = useSearch({ from: "/catalog/add-on-products" });
  const { name } = search;
  const navigate = useNavigate({ from: "/catalog/add-on-products" });
  const toName = (typed?: string): void => {
    void navigate({ search: readCatalogSearch({ name: typed }), replace: true });
  };
  const variables = useMemo(() => ({ filter: { ...(name && { name }) } }), [name]);
  const list = useListQuery({ document: ADD_ON_PRODUCTS, variables, connection: (data) => data.addOnProducts });
  const columns: readonly TableColumn<ListedAddOnProduct>[] = [
    {
      id: "name",
      title: say("name"),
      cell: (product) => (
        <Link to="/catalog/add-on-products/$id" params={{ id: product.id }}>
          {product.name}
        </Link>
      ),
    },
    { id: "service", title: say("service"), cell: ({ service }) => service },
    { id: "quota", title: say("quota"), cell: ({ quota }) => quota },
    {
      id: "volumeDiscountPlan",
      title: say("volumeDiscountPlan"),
      cell: ({ volumeDiscountPlan }) => volumeDiscountPlan && <VolumeDiscountPlanLink plan={volumeDiscountPlan} />,
    },
    { id: "calls", title: say("calls"), cell: ({ voice }) => voice && say("given") },
  ];
  return (
    <CatalogList
      kind="addOnProducts"
      list={list}
      columns={columns}
      actions={
        <CommandButton
          command="defineAddOnProduct"
          text={say("defineAddOnProduct")}
          kind="primary"
          drawer={<DefineAddOnProduct reload={list.reload} />}
        />
      }
      search={search}
      onName={toName}
      onClear={toName}
    />
  );
};

export const VolumeDiscountPlanLink = ({
  plan: { id, name },
}: {
  readonly plan: { readonly id: string; readonly name: string };
}) => (
  <Link to="/catalog/volume-discount-plans/$id" params={{ id }}>
    {name}
  </Link>
);
