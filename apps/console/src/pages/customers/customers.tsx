import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { Button } from "../../../../web/components/button.js";
import { MoneyField, SelectField, TextField } from "../../../../web/components/fields.js";
import { Notice, Skeleton } from "../../../../web/components/notice.js";
import { VirtualTable } from "../../../../web/components/virtual-table.js";
import { useSay } from "../../../../web/texts/speech.js";
import { ButtonLink } from "../../frame/button-link.js";
import { useColumns } from "../../frame/columns.js";
import { Filters } from "../../frame/filters.js";
import { useListQuery } from "../../frame/list-query.js";
import { Page } from "../../frame/page.js";
import { useTypedFilter } from "../../frame/typed-filter.js";
import { useAllowed } from "../../session/viewer.js";
import { useFrameSay } from "../../texts/frame.js";
import { Failed } from "../../refusal/failed.js";
import { useCustomerColumns } from "./columns.js";
import { CUSTOMERS } from "./query.js";
import { type CustomersSearch, readCustomersSearch } from "./search.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** Page 3: all customers, filtered and sorted by what is in the address. */
export const CustomersPage = () => {
  const say = useSay({ en, it });
  const frameSay = useFrameSay();
  const search = useSearch({ from: "/customers" });
  const navigate = useNavigate({ from: "/customers" });
  const change = (changes: Partial<CustomersSearch>): void => {
    void navigate({ search: (before) => readCustomersSearch({ ...before, ...changes }), replace: true });
  };
  const { text, status, from, until, sort = "CREATED", descending = false } = search;
  const [typed, setTyped] = useTypedFilter(text ?? "", (rested) => {
    change({ text: rested });
  });
  const [least, setLeast] = useTypedFilter(from ?? "", (rested) => {
    change({ from: rested });
  });
  const [most, setMost] = useTypedFilter(until ?? "", (rested) => {
    change({ until: rested });
  });
  const variables = useMemo(
    () => ({
      filter: {
        ...(text !== undefined && { text }),
        ...(status && { status }),
        ...(from !== undefined && { balanceFrom: from }),
        ...(until !== undefined && { balanceUntil: until }),
      },
      sort: { by: sort, direction: descending ? ("DESC" as const) : ("ASC" as const) },
    }),
    [text, status, from, until, sort, descending],
  );
  const list = useListQuery({ document: CUSTOMERS, variables, connection: (data) => data.customers });
  const [columns, choice] = useColumns("customers", useCustomerColumns());
  const mayCreate = useAllowed("createCustomer");
  const isFiltered = Object.keys(variables.filter).length > 0;
  return (
    <Page
      title={say("title")}
      actions={
        mayCreate && (
          <ButtonLink to="/customers/new" kind="primary">
            {say("create")}
          </ButtonLink>
        )
      }
    >
      <Filters label={say("filters")} actions={choice}>
        <TextField name="text" type="search" label={say("textFilter")} value={typed} onChange={setTyped} />
        <SelectField
          name="status"
          label={say("statusFilter")}
          value={status ?? ""}
          none={say("anyStatus")}
          choices={(["ACTIVE", "SUSPENDED", "CLOSED"] as const).map((value) => ({ value, text: say(value) }))}
          onChange={(chosen) => {
            change(readCustomersSearch({ ...search, status: chosen }));
          }}
        />
        <Balance name="from" label={say("fromFilter")} value={least} onChange={setLeast} />
        <Balance name="until" label={say("untilFilter")} value={most} onChange={setMost} />
      </Filters>
      {list.failure && <Failed failure={list.failure} retry={list.reload} />}
      {list.state === "loading" && <Skeleton rows={10} />}
      {list.state === "shown" && list.rows.length === 0 && (
        <Notice title={say(isFiltered ? "noneFiltered" : "none")}>
          {isFiltered && (
            <Button
              onPress={() => {
                for (const empty of [setTyped, setLeast, setMost]) empty("");
                change({ text: undefined, status: undefined, from: undefined, until: undefined });
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
          sort={variables.sort}
          onSort={({ by, direction }) => {
            change(readCustomersSearch({ ...search, sort: by, descending: direction === "DESC" }));
          }}
          place={list.place}
          onPlace={list.onPlace}
        />
      )}
    </Page>
  );
};

interface Typed {
  readonly name: string;
  readonly label: string;
  /** Decimal text, or none. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** An amount of a filter: in whatever currency, as the list has customers of all. */
const Balance = ({ value, onChange, ...field }: Typed) => (
  <MoneyField
    {...field}
    value={value === "" ? null : value}
    onChange={(amount) => {
      onChange(amount ?? "");
    }}
  />
);
