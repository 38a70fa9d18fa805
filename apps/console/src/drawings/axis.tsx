import { shortMonths } from "../../../web/shown/month-names.js";
import { useDates } from "../../../web/shown/shown.js";
import { useSpeech } from "../../../web/texts/speech.js";
import style from "./axis.module.css";
import { type DayScale, type Tick, ticksOf } from "./scale.js";

/** The months or days above a drawing, with thin lines down through it. */
export const Axis = ({ scale, height }: { readonly scale: DayScale; readonly height: number }) => {
  const said = useTickText();
  return (
    <g aria-hidden="true">
      {ticksOf(scale).map((tick) => (
        <g key={tick.day}>
          <line
            className={tick.says === "year" ? style.year : style.line}
            x1={tick.x}
            x2={tick.x}
            y1={20}
            y2={height}
          />
          <text className={tick.says === "year" ? style.strong : style.text} x={tick.x + 3} y={16}>
            {said(tick)}
          </text>
        </g>
      ))}
    </g>
  );
};

/** A month by its name, January with its year, a day as the reader has dates. */
const useTickText = (): ((tick: Tick) => string) => {
  const { locale } = useSpeech();
  const { day } = useDates();
  const months = shortMonths(locale);
  return (tick) =>
    tick.says === "year"
      ? tick.day.slice(0, 4)
      : tick.says === "month"
        ? (months[Number(tick.day.slice(5, 7)) - 1] ?? "")
        : day(tick.day);
};
