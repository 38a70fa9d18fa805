import { Link } from "@tanstack/react-router";
import { type ReactNode } from "react";
import { type TableColumn } from "../../../../web/components/table.js";
import { Tabs } from "../../../../web/components/tabs.js";
import { useSay } from "../../../../web/texts/speech.js";
import { type ListQuery } from "../../frame/list-query.js";
import { Page } from "../../frame/page.js";
import { ShortList } from "../../frame/short-list.js";
import { tariffTexts } from "./texts.js";

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
  return (
    <Page title={say(kind)} actions={actions}>
      <Tabs label={say("voice")}>
        <Link to="/tariffs">{say("tariffs")}</Link>
        <Link to="/policies">{say("policies")}</Link>
      </Tabs>
      <ShortList
        label={say(kind)}
        list={list}
        columns={columns}
        name={name}
        onName={onName}
        isFiltered={name !== undefined}
        onClear={() => {
          onName(undefined);
        }}
      />
    </Page>
  );
};
