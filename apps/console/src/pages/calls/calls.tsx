import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { Button } from "../../../../web/components/button.js";
import { DateField, SelectField } from "../../../../web/components/fields.js";
import { Notice, Skeleton } from "../../../../web/components/notice.js";
import { Failed } from "../../refusal/failed.js";
import { VirtualTable } from "../../../../web/components/virtual-table.js";
import { useSay } from "../../../../web/texts/speech.js";
import { useColumns } from "../../frame/columns.js";
import { Filters } from "../../frame/filters.js";
import { useListQuery } from "../../frame/list-query.js";
import { Page } from "../../frame/page.js";
import { useFrameSay } from "../../texts/frame.js";
import { useCallColumns } from "./columns.js";
import { CALLS, type ListedCall } from "./query.js";
import { type CallsSearch, LEGS, readCallsSearch, REASONS, STATES } from "./search.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** Page 22: calls, the latest first, with those that have no amount and why. */
export const CallsPage = () => {
  const say = useSay({ en, it });
  const frameSay = useFrameSay();
  const search = useSearch({ from: "/calls" });
  const navigate = useNavigate({ from: "/calls" });
  const change = (changes: Partial<Record<keyof CallsSearch, string | undefined>>): void => {
    void navigate({ search: (before) => readCallsSearch({ ...before, ...changes }), replace: true });
  };
  const variables = useMemo(() => ({ filter: filterOf(search) }), [search]);
  const list = useListQuery({ document: CALLS, variables, connection: ({ calls }) => calls });
  const [columns, choice] = useColumns("calls", useCallColumns());
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
    <Page title={say("title")}>
      <Whose
        search={search}
        first={list.rows[0]}
        all={() => {
          change({ customer: undefined, account: undefined });
        }}
      />
      <Filters label={say("filters")} actions={choice}>
        {select("state", STATES)}
        {select("reason", REASONS)}
        {select("leg", LEGS)}
        {day("from", say("firstDay"))}
        {day("until", say("lastDay"))}
      </Filters>
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

const filterOf = ({ customer, account, state, reason, leg, from, until }: CallsSearch) => ({
  ...(customer !== undefined && { customerId: customer }),
  ...(account !== undefined && { accountId: account }),
  ...(state !== undefined && { state }),
  ...(reason !== undefined && { reason }),
  ...(leg !== undefined && { leg }),
  ...(from !== undefined && { from: `${from}T00:00:00Z` }),
  ...(until !== undefined && { until: startOfNext(until) }),
});

/** The first moment after a day, UTC: calls are asked for before it. */
const startOfNext = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString();

interface OfOne {
  readonly search: CallsSearch;
  readonly first: ListedCall | undefined;
  readonly all: () => void;
}

/** Whose calls they are, where the address names a customer or an account. */
const Whose = ({ search: { customer, account }, first, all }: OfOne) => {
  const say = useSay({ en, it });
  if (customer === undefined && account === undefined) return null;
  const identifier = account === undefined ? undefined : first?.account?.identifier;
  const name = first?.customer?.contact.name;
  const ofCustomer = name === undefined ? say("ofOne") : say("ofCustomer", { name });
  return (
    <p>
      {identifier === undefined ? ofCustomer : say("ofAccount", { identifier })}{" "}
      <Button kind="quiet" onPress={all}>
        {say("all")}
      </Button>
    </p>
  );
};
