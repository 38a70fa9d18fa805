import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { type TableColumn } from "../../../../web/components/table.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandButton } from "../../command/command-button.js";
import { useListQuery } from "../../frame/list-query.js";
import { CatalogList } from "./catalog-list.js";
import { DefineMainProduct } from "./product-commands.js";
import { type ListedMainProduct, MAIN_PRODUCTS } from "./query.js";
import { readCatalogSearch } from "./search.js";
import { catalogTexts } from "./texts.js";

/** Page 9, main products: what accounts are opened with. */
export const MainProductsPage = () => {
  const say = useSay(catalogTexts);
  const search = useSearch({ from: "/catalog/main-products" });
  const { name } = search;
  const navigate = useNavigate({ from: "/catalog/main-products" });
  const toName = (typed?: string): void => {
    void navigate({ search: readCatalogSearch({ name: typed }), replace: true });
  };
  const variables = useMemo(() => ({ filter: { ...(name && { name }) } }), [name]);
  const list = useListQuery({ document: MAIN_PRODUCTS, variables, connection: (data) => data.mainProducts });
  const columns: readonly TableColumn<ListedMainProduct>[] = [
    {
      id: "name",
      title: say("name"),
      cell: (product) => (
        <Link to="/catalog/main-products/$id" params={{ id: product.id }}>
          {product.name}
        </Link>
      ),
    },
    {
      id: "addOnProducts",
      title: say("addOnProducts"),
      cell: ({ addOnProducts }) => (
        <ul>
          {addOnProducts.map(({ id, name: addOn }) => (
            <li key={id}>{addOn}</li>
          ))}
        </ul>
      ),
    },
    { id: "calls", title: say("calls"), cell: ({ voice }) => voice && say("given") },
  ];
  return (
    <CatalogList
      kind="mainProducts"
      list={list}
      columns={columns}
      actions={
        <CommandButton
          command="defineMainProduct"
          text={say("defineMainProduct")}
          kind="primary"
          drawer={<DefineMainProduct reload={list.reload} />}
        />
      }
      search={search}
      onName={toName}
      onClear={toName}
    />
  );
};
