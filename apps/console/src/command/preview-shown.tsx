import { type ReactNode } from "react";
import { useDates, useMoney } from "../../../web/shown/shown.js";
import { useSay } from "../../../web/texts/speech.js";
import style from "./command.module.css";
import { InvoicesShown } from "./invoices-shown.js";
import { lineDiff } from "./line-diff.js";
import { useSentence } from "../texts/sentence.js";
import { type Previewed, type PreviewedPeriod } from "./previewed.js";
import { commandTexts } from "./texts.js";
import { type ShownChange } from "./use-revision.js";

/** What a command would do: its events as sentences, but for those that only serve others; discount end, penalty, and the invoices before and after. */
export const PreviewShown = ({ preview }: { readonly preview: Previewed }) => {
  const say = useSay(commandTexts);
  const { day } = useDates();
  const { events, commitment, penalty, runningPeriod, giversRunningPeriod, comingPeriods, giversComingPeriods } =
    preview;
  const { money } = useMoney();
  const sentence = useSentence();
  if (events.length === 0) return <p>{say("nothing")}</p>;
  const said = events.filter(({ kind }) => kind !== "RECORD_KEEPING");
  const shown = said.length === 0 ? events : said;
  return (
    <>
      <ul className={style.events}>
        {shown.map(({ stream, type, parts, effectiveOn }, at) => (
          <li key={`${stream} ${type} ${at}`}>
            {sentence(parts)} <span className={style.takesEffect}>{say("takesEffect", { day: day(effectiveOn) })}</span>
          </li>
        ))}
      </ul>
      {commitment && (
        <dl className={style.facts}>
          <Change
            name={say("discountEnd")}
            before={commitment.discountEndBefore === null ? say("none") : day(commitment.discountEndBefore)}
            after={commitment.discountEndAfter === null ? say("none") : day(commitment.discountEndAfter)}
          />
          {commitment.statusBefore !== null && commitment.statusBefore !== commitment.statusAfter && (
            <Change name={say("status")} before={say(commitment.statusBefore)} after={say(commitment.statusAfter)} />
          )}
        </dl>
      )}
      {penalty && (
        <dl className={style.facts}>
          <div>
            <dt>{say("penalty")}</dt>
            <dd>
              <strong>{money(penalty.total, penalty.currency)}</strong>
            </dd>
          </div>
        </dl>
      )}
      {runningPeriod && <InvoicesShown title="invoices" running={runningPeriod} coming={comingPeriods} />}
      {runningPeriod && <PeriodShown title="runningPeriod" period={runningPeriod} />}
      {giversRunningPeriod && (
        <InvoicesShown title="giversInvoices" running={giversRunningPeriod} coming={giversComingPeriods} />
      )}
      {giversRunningPeriod && <PeriodShown title="giversPeriod" period={giversRunningPeriod} />}
    </>
  );
};

/** Values before and after; nothing where there are none. */
export const Changes = ({ changes }: { readonly changes: readonly ShownChange[] }) => {
  const say = useSay(commandTexts);
  const shown = (text: string) => (text === "" ? say("none") : text);
  return (
    changes.length > 0 && (
      <dl className={style.facts}>
        {changes.map(({ name, before, after }, at) => (
          <Change key={at} name={name} before={shown(before)} after={shown(after)} />
        ))}
      </dl>
    )
  );
};

/** What changes, or that it does not. */
const Change = ({
  name,
  before,
  after,
}: {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}) => {
  const say = useSay(commandTexts);
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {before === after ? (
          <>
            {after} <span className={style.same}>{say("stays")}</span>
          </>
        ) : (
          <>
            <s>{before}</s> <span aria-hidden="true">→</span> <strong>{after}</strong>
          </>
        )}
      </dd>
    </div>
  );
};

interface Shown {
  readonly title: "runningPeriod" | "giversPeriod";
  readonly period: PreviewedPeriod;
}

/** The lines that go and come, and the total before and after; nothing where all stay as they are. */
const PeriodShown = ({ title, period }: Shown): ReactNode => {
  const say = useSay(commandTexts);
  const { day } = useDates();
  const { money } = useMoney();
  const { currency, totalBefore, totalAfter, linesBefore, linesAfter } = period;
  const { rows, unchanged } = lineDiff(linesBefore, linesAfter);
  if (rows.length === 0) return null;
  const { from, until } = period.period;
  const amount = (text: string) => money(text, currency);
  return (
    <table className={style.lines}>
      <caption>{say(title, { from: day(from), until: day(until) })}</caption>
      <thead className="unseen">
        <tr>
          <th scope="col">{say("line")}</th>
          <th scope="col">{say("total")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ line, is }, at) => (
          <tr key={`${at} ${is}`} className={style[is]}>
            <td>
              <span className="unseen">{say(is)}: </span>
              <span aria-hidden="true">{is === "added" ? "+" : "−"} </span>
              {line.description}{" "}
              <span className={style.days}>
                {day(line.from)} – {day(line.until)}
              </span>
            </td>
            <td className={style.amount}>{amount(line.net)}</td>
          </tr>
        ))}
        {unchanged > 0 && (
          <tr className={style.same}>
            <td colSpan={2}>{say("unchanged", { count: unchanged })}</td>
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{say("total")}</th>
          <td className={style.amount}>
            {totalBefore !== totalAfter && (
              <>
                <s>{amount(totalBefore)}</s> <span aria-hidden="true">→</span>{" "}
              </>
            )}
            <strong>{amount(totalAfter)}</strong>
          </td>
        </tr>
      </tfoot>
    </table>
  );
};
