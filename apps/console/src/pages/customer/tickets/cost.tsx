import { type ReactNode } from "react";
import { Notice } from "../../../../../web/components/notice.js";
import { SelectField } from "../../../../../web/components/fields.js";
import { Panel } from "../../../../../web/components/panel.js";
import { Table } from "../../../../../web/components/table.js";
import { useMoney } from "../../../../../web/shown/shown.js";
import { useSay, useSpeech } from "../../../../../web/texts/speech.js";
import { type SupportCost, type SupportMonth } from "./query.js";
import { MONTHS } from "./search.js";
import { statusText } from "./status-text.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";
import style from "./tickets.module.css";

interface Given {
  /** Null: it is not known now. */
  readonly cost: SupportCost | null;
  readonly months: number;
  readonly onMonths: (months: number) => void;
}

/** Tickets, the time that they took and what that cost, by month: a table whose figures are drawn as bars, too. */
export const Cost = ({ cost, months, onMonths }: Given) => {
  const say = useSay({ en, it });
  return (
    <Panel title={say("cost")}>
      <div className={style.months}>
        <SelectField
          name="months"
          label={say("months")}
          value={String(months)}
          choices={MONTHS.map((count) => ({ value: String(count), text: say("latestMonths", { count }) }))}
          onChange={(count) => {
            onMonths(Number(count));
          }}
        />
      </div>
      {cost === null ? (
        <Notice title={say("costUnknown")} />
      ) : (
        <>
          {cost.months.length === 0 ? <Notice title={say("noCost")} /> : <Months cost={cost} />}
          <RestsOn cost={cost} />
        </>
      )}
    </Panel>
  );
};

const Months = ({ cost }: { readonly cost: SupportCost }) => {
  const say = useSay({ en, it });
  const { locale } = useSpeech();
  const { money } = useMoney();
  const { months, currency, total } = cost;
  const format = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
  const amount = (value: string | null): string => (value === null || currency === null ? "–" : money(value, currency));
  const time = (seconds: number): string =>
    say("hours", { hours: Math.floor(seconds / 3600), minutes: Math.floor(seconds / 60) % 60 });
  const bar = (of: (month: SupportMonth) => number, shown: (month: SupportMonth) => ReactNode) => {
    const most = Math.max(...months.map(of));
    const Bar = (month: SupportMonth): ReactNode => (
      <>
        {shown(month)}
        <span className={style.bar} style={{ inlineSize: `${most === 0 ? 0 : (100 * of(month)) / most}%` }} />
      </>
    );
    return Bar;
  };
  const sum = (of: (month: SupportMonth) => number): number => months.reduce((before, each) => before + of(each), 0);
  return (
    <Table<SupportMonth>
      label={say("cost")}
      rows={months}
      keyOf={({ month }) => month}
      columns={[
        { id: "month", title: say("month"), cell: ({ month }) => format.format(Date.parse(`${month}T00:00:00Z`)) },
        { id: "tickets", title: say("tickets"), isNumber: true, cell: bar(ticketsOf, ticketsOf) },
        {
          id: "status",
          title: say("status"),
          cell: ({ byStatus }) =>
            byStatus.map(({ status, tickets: count }) => (
              <span key={status} className={style.ofStatus}>
                {say("ofStatus", { status: say(statusText(status)), count })}
              </span>
            )),
        },
        { id: "time", title: say("time"), isNumber: true, cell: bar(secondsOf, ({ seconds }) => time(seconds)) },
        {
          id: "cost",
          title: say("costs"),
          isNumber: true,
          // The length of a bar, not an amount.
          cell: bar(
            ({ cost: value }) => Number(value ?? 0),
            ({ cost: value }) => amount(value),
          ),
        },
      ]}
      foot={{ month: say("sum"), tickets: sum(ticketsOf), time: time(sum(secondsOf)), cost: amount(total) }}
    />
  );
};

const ticketsOf = ({ tickets }: SupportMonth): number => tickets;
const secondsOf = ({ seconds }: SupportMonth): number => seconds;

/** What the figures rest on. */
const RestsOn = ({ cost }: { readonly cost: SupportCost }) => {
  const say = useSay({ en, it });
  const { money } = useMoney();
  const { hourlyRate, currency, timeSource, isComplete, months } = cost;
  const withoutTime = months.reduce((before, each) => before + each.withoutTime, 0);
  return (
    <ul className={style.restsOn}>
      <li>{say(timeSource)}</li>
      <li>
        {hourlyRate === null || currency === null
          ? say("noRate")
          : say("hourly", { rate: money(hourlyRate, currency) })}
      </li>
      {withoutTime > 0 && <li>{say("withoutTime", { count: withoutTime })}</li>}
      {!isComplete && <li>{say("incomplete")}</li>}
    </ul>
  );
};
