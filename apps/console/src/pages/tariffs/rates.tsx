import { useState } from "react";
import { Button } from "../../../../web/components/button.js";
import { DateField, SelectField, TextField } from "../../../../web/components/fields.js";
import { Notice, Tag } from "../../../../web/components/notice.js";
import { Table, type TableColumn } from "../../../../web/components/table.js";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandButton } from "../../command/command-button.js";
import { Filters } from "../../frame/filters.js";
import { useTypedFilter } from "../../frame/typed-filter.js";
import { useNow } from "../../session/today.js";
import { useFrameSay } from "../../texts/frame.js";
import { type ShownRate, type ShownRates, type ShownTariff } from "./query.js";
import { RemoveRate } from "./rate-drawers.js";
import { FLAGS, MODES, type RatesSearch } from "./search.js";
import { tariffTexts } from "./texts.js";
import style from "./tariffs.module.css";
import { ValidityBar } from "./validity-bar.js";

interface Given {
  /** Null: not known, where the filter of the address is refused. */
  readonly tariff: ShownTariff | null;
  /** Null: none were answered. */
  readonly rates: ShownRates | null;
  readonly search: RatesSearch;
  readonly onSearch: (changes: Partial<Record<keyof RatesSearch, string | undefined>>) => void;
  /** Whether they are the first ones of the list. */
  readonly isFirst: boolean;
  /** Those after a cursor are asked for; null: the first ones. */
  readonly onAfter: (cursor: string | null) => void;
  readonly reload: () => void;
}

/** What leaves rates out, whenever they hold. */
const FILTERS = ["prefix", "country", ...FLAGS] as const;

/** The rates of a tariff: those in force at a moment, also those before, or also those after. */
export const Rates = (given: Given) => {
  const { tariff, rates, onSearch } = given;
  /** What is typed in filters goes with them. */
  const [cleared, setCleared] = useState(0);
  return (
    <>
      <RateFilters key={cleared} {...given} />
      {tariff && rates && (
        <Listed
          {...given}
          tariff={tariff}
          rates={rates}
          onClear={() => {
            onSearch(Object.fromEntries(FILTERS.map((filter) => [filter, undefined])));
            setCleared(cleared + 1);
          }}
        />
      )}
    </>
  );
};

interface Answered extends Given {
  readonly tariff: ShownTariff;
  readonly rates: ShownRates;
  readonly onClear: () => void;
}

const Listed = (given: Answered) => {
  const { tariff, rates, search, onClear, isFirst, onAfter } = given;
  const say = useSay(tariffTexts);
  const frameSay = useFrameSay();
  const isFiltered = FILTERS.some((filter) => search[filter] !== undefined);
  const columns = useRateColumns(given);
  const rows = rates.edges.map(({ node }) => node);
  const { hasNextPage, endCursor } = rates.pageInfo;
  return (
    <>
      {rows.length === 0 ? (
        <Notice title={say(isFiltered ? "noRates" : "noRatesYet")}>
          {isFiltered && <Button onPress={onClear}>{frameSay("clearFilters")}</Button>}
        </Notice>
      ) : (
        <Table
          label={say("ratesOf", { name: tariff.name })}
          columns={columns}
          rows={rows}
          keyOf={({ prefix, effectiveFrom }) => `${prefix} ${effectiveFrom}`}
        />
      )}
      <p className={style.more}>
        {say("ofRates", { count: rates.totalCount })}{" "}
        {!isFirst && (
          <Button
            onPress={() => {
              onAfter(null);
            }}
          >
            {say("firstRates")}
          </Button>
        )}{" "}
        {hasNextPage && (
          <Button
            onPress={() => {
              onAfter(endCursor);
            }}
          >
            {say("nextRates")}
          </Button>
        )}
      </p>
    </>
  );
};

const RateFilters = ({ search, onSearch }: Given) => {
  const say = useSay(tariffTexts);
  const [prefix, typePrefix] = useTypedFilter(search.prefix ?? "", (rested) => {
    onSearch({ prefix: rested });
  });
  const [country, typeCountry] = useTypedFilter(search.country ?? "", (rested) => {
    onSearch({ country: rested });
  });
  return (
    <Filters label={say("filters")}>
      <SelectField
        name="mode"
        label={say("mode")}
        value={search.mode ?? "AT"}
        choices={MODES.map((value) => ({ value, text: say(value) }))}
        onChange={(mode) => {
          onSearch({ mode: mode === "AT" ? undefined : mode });
        }}
      />
      <DateField
        name="at"
        label={say("at")}
        hint={say("atHint")}
        value={search.at ?? null}
        onChange={(at) => {
          onSearch({ at: at ?? undefined });
        }}
      />
      <TextField name="prefix" type="search" label={say("prefixFilter")} value={prefix} onChange={typePrefix} />
      <TextField name="country" type="search" label={say("country")} value={country} onChange={typeCountry} />
      {FLAGS.map((flag) => (
        <SelectField
          key={flag}
          name={flag}
          label={say(flag)}
          value={search[flag] ?? ""}
          none={say("any")}
          choices={(["yes", "no"] as const).map((value) => ({ value, text: say(value) }))}
          onChange={(chosen) => {
            onSearch({ [flag]: chosen === "" ? undefined : chosen });
          }}
        />
      ))}
    </Filters>
  );
};

const useRateColumns = ({ tariff, rates, reload }: Answered): readonly TableColumn<ShownRate>[] => {
  const say = useSay(tariffTexts);
  const { instant } = useDates();
  const { money } = useMoney();
  const now = useNow();
  const { currency } = tariff;
  const nameOf = (prefix: string): string => (prefix === "" ? say("defaultRate") : prefix);
  const instants = rates.edges.flatMap(({ node }) => [node.effectiveFrom, node.effectiveUntil ?? []].flat());
  return [
    { id: "prefix", title: say("prefix"), cell: ({ prefix }) => nameOf(prefix) },
    {
      id: "description",
      title: say("description"),
      cell: ({ description, country }) => [description, country].filter((text) => text !== null).join(", "),
    },
    {
      id: "validity",
      title: say("validity"),
      cell: ({ effectiveFrom, effectiveUntil }) => {
        const [from, until] = [instant(effectiveFrom), effectiveUntil === null ? "" : instant(effectiveUntil)];
        return (
          <>
            {effectiveUntil === null ? say("validFrom", { from }) : say("validBetween", { from, until })}
            <ValidityBar from={effectiveFrom} until={effectiveUntil} now={now} shown={instants} />
          </>
        );
      },
    },
    {
      id: "prices",
      title: say("prices"),
      isNumber: true,
      cell: ({ priceFirst, priceNext }) =>
        priceFirst === priceNext
          ? money(priceFirst, currency)
          : `${money(priceFirst, currency)} / ${money(priceNext, currency)}`,
    },
    {
      id: "connectFee",
      title: say("connectFee"),
      isNumber: true,
      cell: ({ connectFee }) => money(connectFee, currency),
    },
    {
      id: "intervals",
      title: say("intervals"),
      isNumber: true,
      cell: ({ firstInterval, nextInterval }) => say("seconds", { first: firstInterval, next: nextInterval }),
    },
    {
      id: "flags",
      title: say("flags"),
      cell: (rate) =>
        FLAGS.filter((flag) => rate[flag]).map((flag) => (
          <Tag key={flag} tone={flag === "forbidden" ? "bad" : "neutral"}>
            {say(flag)}
          </Tag>
        )),
    },
    {
      id: "remove",
      title: say("removeRate"),
      cell: (rate) =>
        rate.effectiveFrom > now && (
          <CommandButton
            command="removeRates"
            text={say("removeRate")}
            kind="quiet"
            label={say("removeRateOf", { prefix: nameOf(rate.prefix), from: instant(rate.effectiveFrom) })}
            drawer={<RemoveRate tariff={tariff} rate={rate} reload={reload} />}
          />
        ),
    },
  ];
};
