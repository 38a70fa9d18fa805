import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { SelectField } from "../../../../web/components/fields.js";
import { Tag } from "../../../../web/components/notice.js";
import { type Column } from "../../../../web/components/virtual-table.js";
import { useDates } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { useListQuery } from "../../frame/list-query.js";
import { isAllowed, useViewer } from "../../session/viewer.js";
import { useAttemptColumns } from "./attempt-columns.js";
import { AttemptsList } from "./attempts-list.js";
import { type ListedOpenCall, OPEN_CALLS } from "./attempts.js";
import { ENDS, ofOne, type OpenCallsSearch, readOpenCallsSearch } from "./search.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** Page 22, calls that go on, as far as edges have told. */
export const OpenCallsPage = () => {
  const say = useSay({ en, it });
  const { instant } = useDates();
  const search = useSearch({ from: "/calls/open" });
  const navigate = useNavigate({ from: "/calls/open" });
  const show = (next: OpenCallsSearch): void => {
    void navigate({ search: readOpenCallsSearch({ ...next }), replace: true });
  };
  // By which edge is told to the provider's people only.
  const isStaff = isAllowed(useViewer(), { query: "edges" });
  const { customer, account, end } = search;
  const variables = useMemo(
    () => ({
      filter: {
        ...(customer !== undefined && { customerId: customer }),
        ...(account !== undefined && { accountId: account }),
        ...(end !== undefined && { overdue: end === "missing" }),
      },
      isStaff,
    }),
    [customer, account, end, isStaff],
  );
  const list = useListQuery({ document: OPEN_CALLS, variables, connection: ({ openCalls }) => openCalls });
  const common = useAttemptColumns<ListedOpenCall>(search, isStaff);
  const columns = useMemo((): readonly Column<ListedOpenCall>[] => {
    const answered: Column<ListedOpenCall> = {
      ...{ id: "answered", title: say("answered"), width: "minmax(0, 2fr)" },
      cell: (call) => (
        <>
          {instant(call.answered)} {call.overdue && <Tag tone="warning">{say("missing")}</Tag>}
        </>
      ),
    };
    const longest: Column<ListedOpenCall> = {
      ...{ id: "longest", title: say("longest"), isNumber: true },
      cell: ({ maxSeconds }) => say("chargedOf", { charged: maxSeconds }),
    };
    return [answered, ...common, longest];
  }, [say, instant, common]);
  return (
    <AttemptsList
      which="open"
      list={list}
      columns={columns}
      of={ofOne(search)}
      isFiltered={Object.keys(search).length > 0}
      onAll={() => {
        show({ end });
      }}
      onClear={() => {
        show({});
      }}
      filters={
        <SelectField
          name="end"
          label={say("end")}
          value={end ?? ""}
          none={say("any")}
          choices={ENDS.map((value) => ({ value, text: say(value) }))}
          onChange={(chosen) => {
            show({ ...search, end: ENDS.find((one) => one === chosen) });
          }}
        />
      }
    />
  );
};
