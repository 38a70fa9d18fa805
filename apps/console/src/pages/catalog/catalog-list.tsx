import { Link } from "@tanstack/react-router";
import { type ReactNode } from "react";
import { Button } from "../../../../web/components/button.js";
import { TextField } from "../../../../web/components/fields.js";
import { Notice, Skeleton } from "../../../../web/components/notice.js";
import { Table, type TableColumn } from "../../../../web/components/table.js";
import { Tabs } from "../../../../web/components/tabs.js";
import { useSay } from "../../../../web/texts/speech.js";
import { Filters } from "../../frame/filters.js";
import { type ListQuery } from "../../frame/list-query.js";
import { Page } from "../../frame/page.js";
import { useTypedFilter } from "../../frame/typed-filter.js";
import { useFrameSay } from "../../texts/frame.js";
import { Failed } from "../../refusal/failed.js";
import style from "./catalog.module.css";
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
  const frameSay = useFrameSay();
  const [typed, type] = useTypedFilter(search.name ?? "", onName);
  const isFiltered = Object.keys(search).length > 0;
  const { rows, state, failure, more, total } = list;
  return (
    <Page title={say(kind)} actions={actions}>
      <Tabs label={say("catalog")}>
        <Link to="/catalog/offers">{say("offers")}</Link>
        <Link to="/catalog/plans">{say("plans")}</Link>
        <Link to="/catalog/add-on-products">{say("addOnProducts")}</Link>
        <Link to="/catalog/main-products">{say("mainProducts")}</Link>
        <Link to="/catalog/volume-discount-plans">{say("volumeDiscountPlans")}</Link>
      </Tabs>
      <Filters label={say("filters")}>
        <TextField name="name" type="search" label={say("nameFilter")} value={typed} onChange={type} />
        {filters}
      </Filters>
      {failure && <Failed failure={failure} retry={list.reload} />}
      {state === "loading" && <Skeleton rows={8} />}
      {state === "shown" && rows.length === 0 && (
        <Notice title={say(isFiltered ? "noneFiltered" : "none")}>
          {isFiltered && (
            <Button
              onPress={() => {
                type("");
                onClear();
              }}
            >
              {frameSay("clearFilters")}
            </Button>
          )}
        </Notice>
      )}
      {rows.length > 0 && <Table label={say(kind)} columns={columns} rows={rows} keyOf={({ id }) => id} />}
      {more && (
        <p className={style.more}>
          {say("firstOf", { count: total, shown: rows.length })} <Button onPress={more}>{say("more")}</Button>
        </p>
      )}
    </Page>
  );
};
