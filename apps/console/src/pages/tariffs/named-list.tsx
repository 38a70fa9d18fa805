import { Link } from "@tanstack/react-router";
import { type ReactNode } from "react";
import { Button } from "../../../../web/components/button.js";
import { TextField } from "../../../../web/components/fields.js";
import { Notice, Skeleton } from "../../../../web/components/notice.js";
import { Failed } from "../../refusal/failed.js";
import { Table, type TableColumn } from "../../../../web/components/table.js";
import { Tabs } from "../../../../web/components/tabs.js";
import { useSay } from "../../../../web/texts/speech.js";
import { Filters } from "../../frame/filters.js";
import { type ListQuery } from "../../frame/list-query.js";
import { Page } from "../../frame/page.js";
import { useTypedFilter } from "../../frame/typed-filter.js";
import { useFrameSay } from "../../texts/frame.js";
import { tariffTexts } from "./texts.js";
import style from "./tariffs.module.css";

interface Given<Row> {
  readonly kind: "tariffs" | "policies";
  readonly list: ListQuery<Row>;
  readonly columns: readonly TableColumn<Row>[];
  readonly actions?: ReactNode;
  /** Of the address; left out: all. */
  readonly name: string | undefined;
  readonly onName: (name: string | undefined) => void;
}

/** The list of tariffs, or of service policies, with the way to the other. */
export const NamedList = <Row extends { readonly id: string }>(given: Given<Row>) => {
  const { kind, list, columns, actions, name, onName } = given;
  const say = useSay(tariffTexts);
  const frameSay = useFrameSay();
  const [typed, type] = useTypedFilter(name ?? "", onName);
  const { rows, state, failure, more, total } = list;
  return (
    <Page title={say(kind)} actions={actions}>
      <Tabs label={say("voice")}>
        <Link to="/tariffs">{say("tariffs")}</Link>
        <Link to="/policies">{say("policies")}</Link>
      </Tabs>
      <Filters label={say("filters")}>
        <TextField name="name" type="search" label={say("nameFilter")} value={typed} onChange={type} />
      </Filters>
      {failure && <Failed failure={failure} retry={list.reload} />}
      {state === "loading" && <Skeleton rows={8} />}
      {state === "shown" && rows.length === 0 && (
        <Notice title={say(name === undefined ? "none" : "noneFiltered")}>
          {name !== undefined && (
            <Button
              onPress={() => {
                type("");
                onName(undefined);
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
