import { Link } from "@tanstack/react-router";
import { type ReactNode } from "react";
import { type TableColumn } from "../../../../web/components/table.js";
import { Tabs } from "../../../../web/components/tabs.js";
import { useSay } from "../../../../web/texts/speech.js";
import { type ListQuery } from "../../frame/list-query.js";
import { Page } from "../../frame/page.js";
import { ShortList } from "../../frame/short-list.js";
import { type CatalogSearch } from "./search.js";
import { catalogTexts } from "./texts.js";

/** The kinds of items, each a list and a page of an item. */
export type Kind = "offers" | "plans" | "addOnProducts" | "mainProducts" | "volumeDiscountPlans";

interface Given<Row> {
  readonly kind: Kind;
  readonly list: ListQuery<Row>;
  readonly columns: readonly TableColumn<Row>[];
  /** Defines one. */
  readonly actions?: ReactNode;
  /** Of the address. */
  readonly search: CatalogSearch;
  readonly onName: (name: string | undefined) => void;
  /** Filters besides the name's. */
  readonly filters?: ReactNode;
  readonly onClear: () => void;
}

/** A list of the catalog: the way to the others, filters, its rows. */
export const CatalogList = <Row extends { readonly id: string }>(given: Given<Row>) => {
  const { kind, list, columns, actions, search, onName, filters, onClear } = given;
  const say = useSay(catalogTexts);
  return (
    <Page title={say(kind)} actions={actions}>
      <Tabs label={say("catalog")}>
        <Link to="/catalog/offers">{say("offers")}</Link>
        <Link to="/catalog/plans">{say("plans")}</Link>
        <Link to="/catalog/add-on-products">{say("addOnProducts")}</Link>
        <Link to="/catalog/main-products">{say("mainProducts")}</Link>
        <Link to="/catalog/volume-discount-plans">{say("volumeDiscountPlans")}</Link>
      </Tabs>
      <ShortList
        label={say(kind)}
        list={list}
        columns={columns}
        name={search.name}
        onName={onName}
        filters={filters}
        isFiltered={Object.keys(search).length > 0}
        onClear={onClear}
      />
    </Page>
  );
};
