import { useDates, useMoney } from "../../../web/shown/shown.js";
import { useSay } from "../../../web/texts/speech.js";
import style from "./command.module.css";
import { invoiceRuns } from "./invoice-runs.js";
import { type ComingInvoices, type PreviewedPeriod } from "./previewed.js";
import { commandTexts } from "./texts.js";

interface Given {
  readonly title: "invoices" | "giversInvoices";
  readonly running: PreviewedPeriod;
  readonly coming: ComingInvoices | null;
}

/** The next invoice, and those to come that change, without the command and with it. */
export const InvoicesShown = ({ title, running, coming }: Given) => {
  const say = useSay(commandTexts);
  const { day } = useDates();
  const runs = invoiceRuns(coming?.periods ?? []);
  return (
    <table className={style.lines}>
      <caption>{say(title)}</caption>
      <thead className="unseen">
        <tr>
          <th scope="col">{say("invoice")}</th>
          <th scope="col">{say("total")}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>{say("invoiceOf", { day: day(running.invoiceOn) })}</td>
          <Amounts before={running.totalBefore} after={running.totalAfter} currency={running.currency} />
        </tr>
        {runs.map(({ first, last, count, before, after }) => (
          <tr key={`${first} ${before} ${after}`}>
            <td>
              {count === 1
                ? say("invoiceOf", { day: day(first) })
                : say("invoicesOf", { count, first: day(first), last: day(last) })}
            </td>
            <Amounts {...{ before, after }} currency={running.currency} />
          </tr>
        ))}
        <tr className={style.same}>
          <td colSpan={2}>{say(coming?.laterToo ? "laterToo" : runs.length > 0 ? "noOther" : "noLater")}</td>
        </tr>
      </tbody>
    </table>
  );
};

interface AmountsOf {
  readonly before: string;
  readonly after: string;
  readonly currency: string;
}

const Amounts = ({ before, after, currency }: AmountsOf) => {
  const say = useSay(commandTexts);
  const { money } = useMoney();
  return (
    <td className={style.amount}>
      {before === after ? (
        <>
          {money(after, currency)} <span className={style.same}>{say("stays")}</span>
        </>
      ) : (
        <>
          <s>{money(before, currency)}</s> <span aria-hidden="true">→</span> <strong>{money(after, currency)}</strong>
        </>
      )}
    </td>
  );
};
