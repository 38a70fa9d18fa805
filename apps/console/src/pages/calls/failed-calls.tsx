import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { DateField, NumberField, SelectField } from "../../../../web/components/fields.js";
import { type Column } from "../../../../web/components/virtual-table.js";
import { useDates } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { useListQuery } from "../../frame/list-query.js";
import { isAllowed, useViewer } from "../../session/viewer.js";
import { useAttemptColumns } from "./attempt-columns.js";
import { AttemptsList } from "./attempts-list.js";
import { FAILED_CALLS, type ListedFailedCall } from "./attempts.js";
import { type FailedCallsSearch, FAILURES, ofOne, readFailedCallsSearch, startOfNext } from "./search.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** Page 22, calls of the last thirty days that were never answered, and why. */
export const FailedCallsPage = () => {
  const say = useSay({ en, it });
  const { instant } = useDates();
  const search = useSearch({ from: "/calls/failed" });
  const navigate = useNavigate({ from: "/calls/failed" });
  const show = (next: FailedCallsSearch): void => {
    void navigate({ search: readFailedCallsSearch({ ...next }), replace: true });
  };
  // By which edge is told to the provider's people only.
  const isStaff = isAllowed(useViewer(), { query: "edges" });
  const variables = useMemo(() => ({ filter: filterOf(search), isStaff }), [search, isStaff]);
  const list = useListQuery({ document: FAILED_CALLS, variables, connection: ({ failedCalls }) => failedCalls });
  const common = useAttemptColumns<ListedFailedCall>(search, isStaff);
  const columns = useMemo((): readonly Column<ListedFailedCall>[] => {
    const failed: Column<ListedFailedCall> = {
      ...{ id: "failed", title: say("failedAt"), width: "minmax(0, 2fr)" },
      cell: (call) => instant(call.failed),
    };
    const why: Column<ListedFailedCall> = {
      ...{ id: "why", title: say("failedWhy"), width: "minmax(0, 1.6fr)" },
      cell: ({ reason }) => say(`failed${reason}`),
    };
    const code: Column<ListedFailedCall> = {
      ...{ id: "sipCode", title: say("sipCode"), width: "minmax(0, 0.7fr)", isNumber: true },
      cell: ({ sipCode }) => sipCode,
    };
    return [failed, ...common, why, code];
  }, [say, instant, common]);
  const day = (name: "from" | "until", label: string) => (
    <DateField
      name={name}
      label={label}
      hint={say("utc")}
      value={search[name] ?? null}
      onChange={(chosen) => {
        show({ ...search, [name]: chosen ?? undefined });
      }}
    />
  );
  return (
    <AttemptsList
      which="failed"
      list={list}
      columns={columns}
      of={ofOne(search)}
      isFiltered={Object.keys(search).length > 0}
      onAll={() => {
        show({ ...search, customer: undefined, account: undefined });
      }}
      onClear={() => {
        show({});
      }}
      filters={
        <>
          <SelectField
            name="reason"
            label={say("failedWhy")}
            value={search.reason ?? ""}
            none={say("any")}
            choices={FAILURES.map((value) => ({ value, text: say(`failed${value}`) }))}
            onChange={(chosen) => {
              show({ ...search, reason: FAILURES.find((one) => one === chosen) });
            }}
          />
          <NumberField
            name="code"
            label={say("sipCode")}
            value={search.code ?? null}
            onChange={(code) => {
              show({ ...search, code: code ?? undefined });
            }}
          />
          {day("from", say("firstDay"))}
          {day("until", say("lastDay"))}
        </>
      }
    />
  );
};

const filterOf = ({ customer, account, reason, code, from, until }: FailedCallsSearch) => ({
  ...(customer !== undefined && { customerId: customer }),
  ...(account !== undefined && { accountId: account }),
  ...(reason !== undefined && { reason }),
  ...(code !== undefined && { sipCode: code }),
  ...(from !== undefined && { from: `${from}T00:00:00Z` }),
  ...(until !== undefined && { until: startOfNext(until) }),
});
