import { type ReactNode } from "react";
import { Button } from "../../../web/components/button.js";
import { TextField } from "../../../web/components/fields.js";
import { Notice, Skeleton } from "../../../web/components/notice.js";
import { Table, type TableColumn } from "../../../web/components/table.js";
import { useSay } from "../../../web/texts/speech.js";
import { Failed } from "../refusal/failed.js";
import { useFrameSay } from "../texts/frame.js";
import { Filters } from "./filters.js";
import { type ListQuery } from "./list-query.js";
import style from "./short-list.module.css";
import { useTypedFilter } from "./typed-filter.js";

const en = {
  filters: "Filters",
  name: "Name contains",
  none: "Nothing is defined yet.",
  noneFiltered: "Nothing matches.",
  firstOf: "The first {shown} of {count}.",
  more: "Show more",
};
const it: typeof en = {
  filters: "Filtri",
  name: "Il nome contiene",
  none: "Non è ancora definito nulla.",
  noneFiltered: "Nulla corrisponde.",
  firstOf: "I primi {shown} di {count}.",
  more: "Mostra altri",
};

interface Given<Row> {
  readonly label: string;
  readonly list: ListQuery<Row>;
  readonly columns: readonly TableColumn<Row>[];
  /** What its name contains, of the address; left out: whatever it is. */
  readonly name: string | undefined;
  readonly onName: (name: string | undefined) => void;
  /** Filters besides the name's. */
  readonly filters?: ReactNode;
  readonly isFiltered: boolean;
  /** Takes all filters away. */
  readonly onClear: () => void;
}

/** A list of items with names that hardly ever has more than some hundred: filters, rows, and what follows on demand. */
export const ShortList = <Row extends { readonly id: string }>(given: Given<Row>) => {
  const { label, list, columns, name, onName, filters, isFiltered, onClear } = given;
  const say = useSay({ en, it });
  const frameSay = useFrameSay();
  const [typed, type] = useTypedFilter(name ?? "", onName);
  const { rows, state, failure, more, total } = list;
  return (
    <>
      <Filters label={say("filters")}>
        <TextField name="name" type="search" label={say("name")} value={typed} onChange={type} />
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
      {rows.length > 0 && <Table label={label} columns={columns} rows={rows} keyOf={({ id }) => id} />}
      {more && (
        <p className={style.more}>
          {say("firstOf", { count: total, shown: rows.length })} <Button onPress={more}>{say("more")}</Button>
        </p>
      )}
    </>
  );
};
