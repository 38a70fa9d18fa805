import { type ReactNode } from "react";
import { Button } from "../../../../web/components/button.js";
import { Notice, Skeleton } from "../../../../web/components/notice.js";
import { type Column, VirtualTable } from "../../../../web/components/virtual-table.js";
import { useSay } from "../../../../web/texts/speech.js";
import { useColumns } from "../../frame/columns.js";
import { Filters } from "../../frame/filters.js";
import { type ListQuery } from "../../frame/list-query.js";
import { Page } from "../../frame/page.js";
import { Failed } from "../../refusal/failed.js";
import { useFrameSay } from "../../texts/frame.js";
import { CallsHead, type NamedCall } from "./calls-head.js";
import { type OfOne } from "./search.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

interface Given<Row> {
  readonly which: "open" | "failed";
  readonly list: ListQuery<Row>;
  readonly columns: readonly Column<Row>[];
  /** What the address asks for. */
  readonly of: OfOne;
  readonly isFiltered: boolean;
  readonly filters: ReactNode;
  readonly onAll: () => void;
  readonly onClear: () => void;
}

/** A list of calls that no money hangs on: those that go on, or those that failed. */
export const AttemptsList = <Row extends NamedCall & { readonly id: string }>(given: Given<Row>) => {
  const { which, list, of, isFiltered, filters, onAll, onClear } = given;
  const say = useSay({ en, it });
  const frameSay = useFrameSay();
  const [columns, columnChoice] = useColumns(`calls-${which}`, given.columns);
  const title = say(`${which}Title`);
  return (
    <Page title={title} actions={<Button onPress={list.reload}>{say("readAgain")}</Button>}>
      <CallsHead of={of} first={list.rows[0]} all={onAll} />
      <p>{say(`${which}Hint`)}</p>
      <Filters label={say("filters")} actions={columnChoice}>
        {filters}
      </Filters>
      {list.failure && <Failed failure={list.failure} retry={list.reload} />}
      {list.state === "loading" && <Skeleton rows={10} />}
      {list.state === "shown" && list.rows.length === 0 && (
        <Notice title={say(isFiltered ? "noneFiltered" : `${which}None`)}>
          {isFiltered && <Button onPress={onClear}>{frameSay("clearFilters")}</Button>}
        </Notice>
      )}
      {list.rows.length > 0 && (
        <VirtualTable
          label={title}
          columns={columns}
          rows={list.rows}
          keyOf={({ id }) => id}
          total={list.total}
          more={list.more}
          place={list.place}
          onPlace={list.onPlace}
        />
      )}
    </Page>
  );
};
