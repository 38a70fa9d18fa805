import { useId, useRef } from "react";
import { Table, type TableColumn } from "../../../../web/components/table.js";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { Axis } from "../axis.js";
import { useWidth } from "../use-width.js";
import style from "./calls.module.css";
import { CALL_BARS, CALLS_HEIGHT, type CallsOfDay, layoutCalls } from "./layout.js";
import { callsTexts } from "./texts.js";

/** Calls of a day in one currency; without one: they have no amount. */
export interface CallDay {
  readonly day: string;
  readonly currency: string | null;
  readonly calls: number;
  readonly chargedSeconds: number;
  readonly amount: string | null;
}

/** Calls by day as bars, and the same as a list. */
export const CallsByDay = ({ days }: { readonly days: readonly CallDay[] }) => {
  const say = useSay(callsTexts);
  const { day } = useDates();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const id = `${useId().replaceAll(/[^\w-]/g, "")}-stripes`;
  const drawn = Math.max(width ?? 600, 120);
  const { scale, bars } = layoutCalls(byDay(days), drawn);
  const calls = days.reduce((sum, one) => sum + one.calls, 0);
  const range = { from: day(days[0]?.day ?? scale.from), until: day(days.at(-1)?.day ?? scale.until) };
  const ground = CALL_BARS.y + CALL_BARS.height;
  return (
    <section className={style.drawing} aria-label={say("byDay")}>
      <p className={style.legend} aria-hidden="true">
        <svg width="14" height="14">
          <rect className={style.rated} width="14" height="14" rx="2" />
        </svg>
        {say("rated")}
        <svg width="14" height="14">
          <rect width="14" height="14" rx="2" fill={`url(#${id})`} />
        </svg>
        {say("unrated")}
      </p>
      <div ref={frame} className={style.frame}>
        <svg
          className={style.svg}
          width={drawn}
          height={CALLS_HEIGHT}
          role="img"
          aria-label={say("drawn", { calls, ...range })}
        >
          <defs>
            <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect className={style.stripes} width="6" height="6" />
              <line className={style.stripe} x1="0" y1="0" x2="0" y2="6" />
            </pattern>
          </defs>
          <Axis scale={scale} height={ground} />
          <line className={style.ground} x1={0} x2={drawn} y1={ground} y2={ground} />
          {bars.map(({ of, x, width: wide, rated, unrated }) => (
            <g key={of.day}>
              <title>{say("ofDay", { day: day(of.day), calls: of.rated + of.unrated, unrated: of.unrated })}</title>
              <rect className={style.rated} {...{ x, width: wide, ...rated }} />
              <rect {...{ x, width: wide, ...unrated }} fill={`url(#${id})`} />
            </g>
          ))}
        </svg>
      </div>
      <details className={style.list}>
        <summary>{say("asList")}</summary>
        <AsList days={days} />
      </details>
    </section>
  );
};

const byDay = (days: readonly CallDay[]): CallsOfDay[] => {
  const found = new Map<string, CallsOfDay>();
  for (const { day, currency, calls } of days) {
    const { rated, unrated } = found.get(day) ?? { rated: 0, unrated: 0 };
    const isRated = currency !== null;
    found.set(day, { day, rated: rated + (isRated ? calls : 0), unrated: unrated + (isRated ? 0 : calls) });
  }
  return [...found.values()];
};

const AsList = ({ days }: { readonly days: readonly CallDay[] }) => {
  const say = useSay(callsTexts);
  const { day } = useDates();
  const { money } = useMoney();
  const columns: readonly TableColumn<CallDay>[] = [
    { id: "day", title: say("day"), cell: (one) => day(one.day) },
    { id: "calls", title: say("calls"), isNumber: true, cell: ({ calls }) => calls },
    { id: "charged", title: say("charged"), isNumber: true, cell: ({ chargedSeconds }) => chargedSeconds },
    {
      id: "cost",
      title: say("cost"),
      isNumber: true,
      cell: ({ amount, currency }) => (amount === null || currency === null ? say("unrated") : money(amount, currency)),
    },
  ];
  return (
    <Table
      label={say("byDay")}
      columns={columns}
      rows={days}
      keyOf={({ day: of, currency }) => `${of} ${currency ?? ""}`}
    />
  );
};
