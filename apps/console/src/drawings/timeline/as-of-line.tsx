import { type KeyboardEvent } from "react";
import { useDates } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { dayNumber } from "../days.js";
import { type DayScale } from "../scale.js";
import { HEIGHT } from "./shapes.js";
import { timelineTexts } from "./texts.js";
import style from "./timeline.module.css";

interface Given {
  readonly day: string;
  readonly scale: DayScale;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** The line of the day that the sentence is about: a slider. */
export const AsOfLine = ({ day, scale, onKeyDown }: Given) => {
  const say = useSay(timelineTexts);
  const dates = useDates();
  const x = scale.x(day);
  return (
    <g
      className={style.asOf}
      role="slider"
      tabIndex={0}
      aria-label={say("dayShown")}
      aria-valuemin={dayNumber(scale.from)}
      aria-valuemax={dayNumber(scale.until)}
      aria-valuenow={dayNumber(day)}
      aria-valuetext={dates.day(day)}
      onKeyDown={onKeyDown}
      data-grab="as-of"
    >
      <rect x={x - 12} y={18} width={24} height={24} fill="transparent" />
      <line className={style.asOfLine} x1={x} x2={x} y1={30} y2={HEIGHT} />
      <path className={style.asOfHead} d={`M ${x - 7} 20 H ${x + 7} V 27 L ${x} 34 L ${x - 7} 27 Z`} />
    </g>
  );
};
