import { Fact, Facts } from "../../../../web/components/facts.js";
import { Panel } from "../../../../web/components/panel.js";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { PathLink } from "../../frame/path-link.js";
import style from "./invoice.module.css";
import { isInvoice, type Issued } from "./query.js";
import { invoiceTexts } from "./texts.js";

/** What it is: its dates, its period, what it comes to in all and by kind, and why it is open or paid. */
export const FactsPanel = ({ issued }: { readonly issued: Issued }) => {
  const say = useSay(invoiceTexts);
  const { day } = useDates();
  const { money } = useMoney();
  const { currency, issuedOn, period, total, totalsByKind, recipient, contentHash } = issued;
  return (
    <Panel title={say("facts")}>
      <Facts>
        <Fact name={say("recipient")}>{recipient.name}</Fact>
        <Fact name={say("issuedOn")}>{day(issuedOn)}</Fact>
        <Fact name={say("period")}>{say("range", { from: day(period.from), until: day(period.until) })}</Fact>
        {isInvoice(issued) ? (
          <>
            <Fact name={say("dueOn")}>{day(issued.dueOn)}</Fact>
            <Fact name={say("open")}>{money(issued.openAmount, currency)}</Fact>
          </>
        ) : (
          <>
            <Fact name={say("purpose")}>{say(`of${issued.purpose}`)}</Fact>
            <Fact name={say("ofInvoice")}>
              {issued.invoice && <PathLink href={`/invoices/${issued.invoice.id}`}>{issued.invoice.number}</PathLink>}
            </Fact>
            <Fact name={say("reason")}>{issued.reason}</Fact>
            <Fact name={say("unused")}>{money(issued.unusedAmount, currency)}</Fact>
          </>
        )}
        {totalsByKind.length > 1 &&
          totalsByKind.map(({ kind, total: sum }) => (
            <Fact key={kind} name={say(`sum${kind}`)}>
              {money(sum, currency)}
            </Fact>
          ))}
        <Fact name={say("total")}>
          <strong>{money(total, currency)}</strong>
        </Fact>
      </Facts>
      {isInvoice(issued) && issued.stateExplanation && (
        <p className={style.note}>
          {issued.stateExplanation.sentences.map((sentence) => (
            <span key={sentence}>{sentence} </span>
          ))}
        </p>
      )}
      <p className={style.technical}>{say("hash", { hash: contentHash })}</p>
    </Panel>
  );
};
