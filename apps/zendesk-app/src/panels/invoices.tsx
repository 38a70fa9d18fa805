import { useId } from "react";
import { useDay, useMoney } from "../../../web/shown/shown.js";
import { type Invoice } from "../tenure/operations.js";
import { useAppSay } from "../texts/app.js";
import { InvoiceState } from "./states.js";

/** The last invoices, the newest first. */
export const Invoices = ({ last }: { readonly last: readonly Invoice[] }) => {
  const say = useAppSay();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{say("invoices")}</h2>
      {last.length === 0 && <p className="empty">{say("noInvoices")}</p>}
      <ul>
        {last.map((invoice) => (
          <li key={invoice.id}>
            <Line {...invoice} />
          </li>
        ))}
      </ul>
    </section>
  );
};

/** States in which something is left to pay. */
const OPEN: readonly Invoice["state"][] = ["UNPAID", "PARTIALLY_PAID", "OVERDUE"];

const Line = ({ number, issuedOn, dueOn, currency, total, openAmount, state }: Invoice) => {
  const say = useAppSay();
  const day = useDay();
  const { money } = useMoney();
  return (
    <>
      <div className="line">
        <span className="what">{number}</span>
        <span className="amount">{money(total, currency)}</span>
      </div>
      <div className="line">
        <span className="detail">{say("issuedOn", { date: day(issuedOn) })}</span>
        <InvoiceState state={state} />
      </div>
      {OPEN.includes(state) && (
        <p className="detail">
          {say("open", { amount: money(openAmount, currency) })} · {say("dueOn", { date: day(dueOn) })}
        </p>
      )}
    </>
  );
};
