import { type KeyboardEvent, useId, useRef, useState } from "react";
import { shortMonths } from "../../../../web/shown/month-names.js";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { classes } from "../../../../web/style/classes.js";
import { useSay, useSpeech } from "../../../../web/texts/speech.js";
import { useWidth } from "../use-width.js";
import { BARS, layoutLeaving, LEAVING_HEIGHT, type LeavingBar, type LeavingCost } from "./layout.js";
import style from "./leaving.module.css";
import { leavingTexts } from "./texts.js";

interface Given {
  readonly costs: readonly LeavingCost[];
  /** Rows of one-time fees. */
  readonly devices: ReadonlySet<string>;
  readonly currency: string;
  /** The first day without discount: from the day before on, leaving costs nothing for it. */
  readonly freeFrom: string | null;
  /** Opens the termination on that day; left out: the viewer only reads. */
  readonly onTerminate?: ((day: string) => void) | undefined;
}

/** What leaving costs at the end of each coming month: bars, and the same as a table beside them. */
export const LeavingByMonth = ({ costs, devices, currency, freeFrom, onTerminate }: Given) => {
  const say = useSay(leavingTexts);
  const { day } = useDates();
  const { money } = useMoney();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [at, setAt] = useState(0);
  const id = useId().replaceAll(/[^\w-]/g, "");
  const drawn = Math.max(width ?? 600, 120);
  const bars = layoutLeaving(costs, devices, drawn);
  const look = costs[Math.min(at, costs.length - 1)];
  if (costs.length === 0) return <p>{say("nothing")}</p>;

  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    const next = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: costs.length - 1 }[event.key];
    const bar = next === undefined ? undefined : costs[next];
    if (next !== undefined) event.preventDefault();
    if (next !== undefined && bar) {
      setAt(next);
      frame.current?.querySelector<SVGGElement>(`[data-on="${bar.on}"]`)?.focus();
    }
    const here = costs[index];
    if ((event.key === "Enter" || event.key === " ") && here) {
      event.preventDefault();
      onTerminate?.(here.on);
    }
  };
  const name = ({ on, total, early }: LeavingCost): string =>
    early ? say("costs", { day: day(on), total: money(total, currency) }) : say("isFree", { day: day(on) });

  return (
    <div className={style.leaving}>
      <div>
        <p className={style.legend} aria-hidden="true">
          <svg width="14" height="14">
            <rect className={style.devices} width="14" height="14" rx="2" fill={`url(#${id}-dots)`} />
          </svg>
          {say("devices")}
          <svg width="14" height="14">
            <rect className={style.fees} width="14" height="14" rx="2" />
          </svg>
          {say("fees")}
        </p>
        <div ref={frame} className={style.frame}>
          <svg className={style.svg} width={drawn} height={LEAVING_HEIGHT} role="group" aria-label={say("leaving")}>
            <defs>
              <pattern id={`${id}-dots`} width="6" height="6" patternUnits="userSpaceOnUse">
                <rect className={style.dotsGround} width="6" height="6" />
                <circle className={style.dot} cx="3" cy="3" r="1.3" />
              </pattern>
            </defs>
            <line className={style.ground} x1={0} x2={drawn} y1={BARS.y + BARS.height} y2={BARS.y + BARS.height} />
            {bars.map((bar, index) => (
              <g
                key={bar.of.on}
                className={style.bar}
                role="button"
                aria-disabled={onTerminate ? undefined : true}
                aria-label={name(bar.of)}
                tabIndex={index === at ? 0 : -1}
                data-on={bar.of.on}
                onFocus={() => {
                  setAt(index);
                }}
                onPointerEnter={() => {
                  setAt(index);
                }}
                onClick={() => {
                  onTerminate?.(bar.of.on);
                }}
                onKeyDown={(event) => {
                  onKeyDown(event, index);
                }}
              >
                <Bar bar={bar} id={id} />
              </g>
            ))}
          </svg>
        </div>
        {freeFrom !== null && <p className={style.free}>{say("free", { day: day(freeFrom) })}</p>}
        <div className={style.below} aria-live="polite">
          {look && (
            <>
              <p className={style.strong}>{name(look)}</p>
              {look.lines.map(({ description, net, rowId }) => (
                <p key={`${rowId} ${description}`} className={style.line}>
                  <span>{description}</span>
                  <span>{money(net, currency)}</span>
                </p>
              ))}
            </>
          )}
        </div>
      </div>
      <div className={style.beside} role="group" aria-label={say("leaving")} tabIndex={0}>
        <table className={style.table}>
          <thead>
            <tr>
              <th scope="col">{say("day")}</th>
              <th scope="col" className={style.amount}>
                {say("total")}
              </th>
            </tr>
          </thead>
          <tbody>
            {costs.map((cost) => (
              <tr key={cost.on}>
                <th scope="row">
                  {onTerminate ? (
                    <button
                      type="button"
                      className={style.open}
                      aria-label={say("terminate", { day: day(cost.on) })}
                      onClick={() => {
                        onTerminate(cost.on);
                      }}
                    >
                      {day(cost.on)}
                    </button>
                  ) : (
                    day(cost.on)
                  )}
                </th>
                <td className={style.amount}>{money(cost.total, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
};

const Bar = ({ bar, id }: { readonly bar: LeavingBar; readonly id: string }) => {
  const { locale } = useSpeech();
  const [year = "", ofYear = ""] = bar.of.on.split("-");
  const middle = bar.x + bar.width / 2;
  return (
    <>
      <rect className={style.column} x={bar.x} y={0} width={bar.width} height={BARS.y + BARS.height} />
      {bar.parts.map(({ part, y, height }) => (
        <rect
          key={part}
          className={classes(style.part, style[part])}
          {...{ x: bar.x, y, width: bar.width, height }}
          {...(part === "devices" && { fill: `url(#${id}-dots)` })}
        />
      ))}
      {bar.parts.length === 0 && <circle className={style.none} cx={middle} cy={BARS.y + BARS.height - 7} r={5} />}
      {bar.says && (
        <>
          <text className={style.month} x={middle} y={BARS.y + BARS.height + 15} textAnchor="middle">
            {shortMonths(locale)[Number(ofYear) - 1]}
          </text>
          {(ofYear === "01" || bar.x < 30) && (
            <text className={style.month} x={middle} y={BARS.y + BARS.height + 29} textAnchor="middle">
              {year}
            </text>
          )}
        </>
      )}
      <rect className={style.ring} x={bar.x - 1} y={1} width={bar.width + 2} height={BARS.y + BARS.height} rx={4} />
    </>
  );
};
