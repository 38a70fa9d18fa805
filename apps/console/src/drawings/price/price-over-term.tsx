import { useRef } from "react";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { classes } from "../../../../web/style/classes.js";
import { useSay } from "../../../../web/texts/speech.js";
import { Axis } from "../axis.js";
import { addDays } from "../days.js";
import { useWidth } from "../use-width.js";
import { LEAVING, layoutPrice, type OfferPrice, PRICE, PRICE_HEIGHT, type PriceStep } from "./layout.js";
import style from "./price.module.css";
import { priceTexts } from "./texts.js";

interface Costs extends OfferPrice {
  readonly oneTime: string;
  readonly total: string | null;
}

interface Given {
  readonly costs: Costs;
  readonly currency: string;
  /** Says the price of a billing period, e.g. `20.00 a month`. @param amount as it is shown */
  readonly perPeriod: (amount: string) => string;
}

/** What an offer costs as time goes by, and what leaving it costs: drawn, and the same as tables. */
export const PriceOverTerm = (given: Given) => (
  <div className={style.price}>
    <Drawing {...given} />
    <div className={style.tables}>
      <Steps {...given} />
      <Leaving {...given} />
    </div>
  </div>
);

/** Room that an amount needs to be said in a step, in px. */
const AMOUNT = 90;

const Drawing = ({ costs, currency, perPeriod }: Given) => {
  const say = useSay(priceTexts);
  const { day } = useDates();
  const { money } = useMoney();
  const frame = useRef<HTMLDivElement>(null);
  const width = Math.max(useWidth(frame) ?? 600, 160);
  const { scale, steps, columns, endX } = layoutPrice(costs, width);
  const said = (amount: string): string => perPeriod(money(amount, currency));
  const { start, discountEnd, discountedPrice, priceAfterDiscount } = costs;
  const full = said(priceAfterDiscount);
  const sentence =
    discountEnd === null
      ? say("drawnPlain", { from: day(start), full })
      : say("drawn", { from: day(start), discounted: said(discountedPrice), end: day(discountEnd), full });
  return (
    <div ref={frame} className={style.frame}>
      <svg className={style.svg} width={width} height={PRICE_HEIGHT} role="img" aria-label={sentence}>
        <Axis scale={scale} height={PRICE_HEIGHT} />
        <text className={style.lane} x={scale.x(start)} y={LEAVING.y - 10}>
          {say("leaving")}
        </text>
        <Ground y={PRICE.y + PRICE.height} width={width} />
        <Ground y={LEAVING.y + LEAVING.height} width={width} />
        {steps.map((step) => (
          <Step key={step.is} step={step} text={said(step.price)} />
        ))}
        {columns.map(({ of, ...rect }) => (
          <rect key={of.on} className={style.leaving} {...rect}>
            <title>{say("column", { day: day(of.on), penalty: money(of.penalty, currency) })}</title>
          </rect>
        ))}
        {endX !== null && discountEnd !== null && (
          <g>
            <title>{say("end", { day: day(discountEnd) })}</title>
            <line className={style.end} x1={endX} x2={endX} y1={24} y2={LEAVING.y + LEAVING.height} />
            <path className={style.diamond} d={`M${endX} ${PRICE.y + PRICE.height - 6}l6 6l-6 6l-6 -6z`} />
          </g>
        )}
      </svg>
    </div>
  );
};

const Ground = ({ y, width }: { readonly y: number; readonly width: number }) => (
  <line className={style.ground} x1={0} x2={width} y1={y} y2={y} />
);

const Step = ({ step, text }: { readonly step: PriceStep; readonly text: string }) => {
  const { is, x, y, width, height } = step;
  return (
    <g>
      <rect className={classes(style.step, style[is])} {...{ x, y, width, height }}>
        <title>{text}</title>
      </rect>
      {width >= AMOUNT && height >= 20 && (
        <text className={style.amount} x={x + 8} y={y + 16}>
          {text}
        </text>
      )}
    </g>
  );
};

const Steps = ({ costs, currency, perPeriod }: Given) => {
  const say = useSay(priceTexts);
  const { day } = useDates();
  const { money } = useMoney();
  const { start, discountEnd, oneTime, discountedPrice, priceAfterDiscount, total } = costs;
  const said = (amount: string): string => perPeriod(money(amount, currency));
  const rows = [
    { what: say("signUp"), days: day(start), costs: money(oneTime, currency) },
    ...(discountEnd === null
      ? []
      : [
          {
            what: say("discounted"),
            days: `${day(start)} – ${day(addDays(discountEnd, -1))}`,
            costs: said(discountedPrice),
          },
        ]),
    {
      what: say(discountEnd === null ? "full" : "fullAfter"),
      days: `${day(discountEnd ?? start)} –`,
      costs: said(priceAfterDiscount),
    },
    ...(discountEnd === null || total === null
      ? []
      : [{ what: say("total"), days: "", costs: money(total, currency) }]),
  ];
  return (
    <div className={style.beside} role="group" aria-label={say("steps")} tabIndex={0}>
      <table className={style.table}>
        <thead>
          <tr>
            <th scope="col">{say("price")}</th>
            <th scope="col">{say("from")}</th>
            <th scope="col" className={style.number}>
              {say("costs")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.what}>
              <th scope="row">{row.what}</th>
              <td>{row.days}</td>
              <td className={style.number}>{row.costs}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Leaving = ({ costs: { leaving }, currency }: Given) => {
  const say = useSay(priceTexts);
  const { day } = useDates();
  const { money } = useMoney();
  if (leaving.length === 0) return null;
  return (
    <div className={classes(style.beside, style.long)} role="group" aria-label={say("leaving")} tabIndex={0}>
      <table className={style.table}>
        <thead>
          <tr>
            <th scope="col">{say("lastDay")}</th>
            <th scope="col" className={style.number}>
              {say("leaving")}
            </th>
          </tr>
        </thead>
        <tbody>
          {leaving.map(({ on, penalty }) => (
            <tr key={on}>
              <th scope="row">{day(on)}</th>
              <td className={style.number}>{money(penalty, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
