import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { Button } from "../../../../web/components/button.js";
import { DateField, SelectField } from "../../../../web/components/fields.js";
import { Notice, Skeleton } from "../../../../web/components/notice.js";
import { VirtualTable } from "../../../../web/components/virtual-table.js";
import { useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { useOpenCommand } from "../../command/drawer.js";
import { CallsByDay } from "../../drawings/calls/calls-by-day.js";
import { useColumns } from "../../frame/columns.js";
import { Filters } from "../../frame/filters.js";
import { useListQuery } from "../../frame/list-query.js";
import { Page } from "../../frame/page.js";
import { Failed } from "../../refusal/failed.js";
import { isAllowed, useAllowed, useViewer } from "../../session/viewer.js";
import { useFrameSay } from "../../texts/frame.js";
import style from "./calls.module.css";
import { CallsHead } from "./calls-head.js";
import { useCallColumns } from "./columns.js";
import { ExplainCall } from "./explain.js";
import { InvoiceLines } from "./invoice-lines.js";
import { CALLS, type ListedCall, type ListedSum } from "./query.js";
import { type CallsSearch, LEGS, ofOne, readCallsSearch, REASONS, startOfNext, STATES } from "./search.js";
import { CorrectCalls, RateCalls } from "./settle-drawers.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

type Changes = Partial<Record<keyof CallsSearch, string | number | undefined>>;

const NO_INVOICE = "00000000-0000-0000-0000-000000000000";

/** Page 22: calls, the latest first, with those that have no amount and why, and what is done about them. */
export const CallsPage = () => {
  const say = useSay({ en, it });
  const frameSay = useFrameSay();
  const viewer = useViewer();
  const search = useSearch({ from: "/calls" });
  const navigate = useNavigate({ from: "/calls" });
  const change = (changes: Changes): void => {
    void navigate({ search: (before) => readCallsSearch({ ...before, ...changes }), replace: true });
  };
  // By which rate is told to the provider's people only.
  const isStaff = isAllowed(viewer, { query: "tariffs" });
  const variables = useMemo(
    () => ({
      filter: filterOf(search),
      hasSums: search.invoice !== undefined || search.customer !== undefined || search.account !== undefined,
      hasInvoice: search.invoice !== undefined,
      invoiceId: search.invoice ?? NO_INVOICE,
      isStaff,
    }),
    [search, isStaff],
  );
  const list = useListQuery({ document: CALLS, variables, connection: ({ calls }) => calls, hasBeside: true });
  const { reload } = list;
  const mayRate = useAllowed("rateCalls");
  const mayCorrect = useAllowed("correctCalls");
  const [chosen, setChosen] = useState<ReadonlyMap<string, ListedCall>>(new Map());
  const choose = useCallback((call: ListedCall, isChosen: boolean) => {
    setChosen((before) => {
      const others = [...before].filter(([id]) => id !== call.id);
      return new Map(isChosen ? [...others, [call.id, call] as const] : others);
    });
  }, []);
  const chooseNone = useCallback(() => {
    setChosen(new Map());
  }, []);
  const choice = useMemo(
    () => (mayRate || mayCorrect ? { chosen, onChoose: choose } : undefined),
    [mayRate, mayCorrect, chosen, choose],
  );
  const open = useOpenCommand();
  const explain = useCallback(
    (call: ListedCall) => {
      open(<ExplainCall call={call} />);
    },
    [open],
  );
  const of = search.account !== undefined ? "account" : search.customer !== undefined ? "customer" : undefined;
  const [columns, columnChoice] = useColumns("calls", useCallColumns({ isStaff, of, onExplain: explain, choice }));
  const { callDays = [], callSums = [], usageLines } = list.beside ?? {};
  const changed = (): void => {
    chooseNone();
    reload();
  };
  const isFiltered = Object.keys(search).length > 0;
  const select = (
    name: "state" | "reason" | "leg",
    values: readonly (typeof STATES | typeof REASONS | typeof LEGS)[number][],
  ) => (
    <SelectField
      name={name}
      label={say(name)}
      value={search[name] ?? ""}
      none={say("any")}
      choices={values.map((value) => ({ value, text: say(value) }))}
      onChange={(chosen) => {
        change({ [name]: chosen === "" ? undefined : chosen });
      }}
    />
  );
  const day = (name: "from" | "until", label: string) => (
    <DateField
      name={name}
      label={label}
      hint={say("utc")}
      value={search[name] ?? null}
      onChange={(chosen) => {
        change({ [name]: chosen ?? undefined });
      }}
    />
  );
  return (
    <Page
      title={say("title")}
      actions={
        <a href={fileOf(viewer.provider.id, search)} download="calls.csv">
          {say("csv")}
        </a>
      }
    >
      {search.invoice === undefined && (
        <CallsHead
          of={ofOne(search)}
          first={list.rows[0]}
          all={() => {
            change({ customer: undefined, account: undefined });
          }}
        />
      )}
      {usageLines && (
        <InvoiceLines
          lines={usageLines}
          sums={callSums}
          line={search.line}
          onLine={(line) => {
            change({ line });
          }}
        />
      )}
      <Filters label={say("filters")} actions={columnChoice}>
        {select("state", STATES)}
        {isStaff && select("reason", REASONS)}
        {select("leg", LEGS)}
        {day("from", say("firstDay"))}
        {day("until", say("lastDay"))}
      </Filters>
      {callDays.length > 0 && <CallsByDay days={callDays} />}
      {search.line === undefined && <Sums sums={callSums} />}
      {list.rows.length > 0 && choice && (
        <div className={style.chosen} aria-live="polite">
          {chosen.size === 0 ? (
            <p>{say("chooseHint")}</p>
          ) : (
            <>
              <p>{say("chosen", { count: chosen.size })}</p>
              {mayRate && (
                <Button
                  onPress={() => {
                    open(<RateCalls calls={[...chosen.values()]} reload={changed} />);
                  }}
                >
                  {say("giveAmounts")}
                </Button>
              )}
              {mayCorrect && (
                <Button
                  onPress={() => {
                    open(<CorrectCalls calls={[...chosen.values()]} reload={changed} />);
                  }}
                >
                  {say("correctCalls")}
                </Button>
              )}
              <Button kind="quiet" onPress={chooseNone}>
                {say("chooseNone")}
              </Button>
            </>
          )}
        </div>
      )}
      {list.failure && <Failed failure={list.failure} retry={list.reload} />}
      {list.state === "loading" && <Skeleton rows={10} />}
      {list.state === "shown" && list.rows.length === 0 && (
        <Notice title={say(isFiltered ? "noneFiltered" : "none")}>
          {isFiltered && (
            <Button
              onPress={() => {
                void navigate({ search: {}, replace: true });
              }}
            >
              {frameSay("clearFilters")}
            </Button>
          )}
        </Notice>
      )}
      {list.rows.length > 0 && (
        <VirtualTable
          key={JSON.stringify(variables)}
          label={say("title")}
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

const filterOf = ({ customer, account, state, reason, leg, from, until, invoice, line }: CallsSearch) => ({
  ...(customer !== undefined && { customerId: customer }),
  ...(account !== undefined && { accountId: account }),
  ...(state !== undefined && { state }),
  ...(reason !== undefined && { reason }),
  ...(leg !== undefined && { leg }),
  ...(from !== undefined && { from: `${from}T00:00:00Z` }),
  ...(until !== undefined && { until: startOfNext(until) }),
  ...(invoice !== undefined && { invoice: { invoiceId: invoice, ...(line !== undefined && { line }) } }),
});

/** Where the API has as a file what the page lists. */
const fileOf = (providerId: string, search: CallsSearch): string => {
  const { invoice, ...others } = filterOf(search);
  const { line, ...named } = invoice ?? {};
  const asked = new URLSearchParams({ ...others, ...named, ...(line !== undefined && { line: String(line) }) });
  return `/documents/${providerId}/calls/calls.csv?${asked.toString()}`;
};

/** What all calls that are listed add up to. */
const Sums = ({ sums }: { readonly sums: readonly ListedSum[] }) => {
  const say = useSay({ en, it });
  const { money } = useMoney();
  return sums.map(({ currency, calls, chargedSeconds, amount }) => (
    <p key={currency ?? ""} className={style.sum}>
      {currency === null || amount === null
        ? say("sumUnrated", { calls })
        : say("sum", { calls, charged: chargedSeconds, amount: money(amount, currency) })}
    </p>
  ));
};
