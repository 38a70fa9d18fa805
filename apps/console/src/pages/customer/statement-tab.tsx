import { Notice } from "../../../../web/components/notice.js";
import { Panel } from "../../../../web/components/panel.js";
import { Table } from "../../../../web/components/table.js";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { PathLink } from "../../frame/path-link.js";
import style from "./customer.module.css";
import { type Customer, type Movement } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** The statement of account: what was charged and what came, with the balance after each; the latest first. */
export const StatementTab = ({ customer }: { readonly customer: Customer }) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const { money } = useMoney();
  const { statement, statementUrl, currency } = customer;
  if (!statement) return null;
  const { from, until, opening, closing, movements } = statement;
  return (
    <Panel
      title={say("statementOf", { from: day(from), until: day(until) })}
      actions={
        statementUrl !== undefined && (
          <a href={statementUrl} target="_blank" rel="noreferrer">
            {say("asPdf")}
          </a>
        )
      }
    >
      <p className={style.closing}>
        {say("closing", { day: day(until) })} <strong>{money(closing, currency)}</strong>
      </p>
      {movements.length === 0 ? (
        <Notice title={say("noMovements")} />
      ) : (
        <Table<Movement & { readonly at: number }>
          label={say("statement")}
          rows={movements.map((movement, at) => ({ ...movement, at })).reverse()}
          keyOf={({ at }) => String(at)}
          columns={[
            { id: "on", title: say("on"), cell: (movement) => day(movement.on) },
            { id: "kind", title: say("what"), cell: ({ kind }) => say(kind) },
            {
              id: "reference",
              title: say("reference"),
              cell: ({ kind, reference, invoice, creditNote }) => {
                const id = (invoice ?? creditNote)?.id;
                // That of money is the bank's, whatever invoice it is for.
                const isDocument = kind === "INVOICE" || kind === "CREDIT_NOTE";
                return isDocument && id ? <PathLink href={`/invoices/${id}`}>{reference}</PathLink> : reference;
              },
            },
            { id: "amount", title: say("amount"), isNumber: true, cell: ({ amount }) => money(amount, currency) },
            {
              id: "balance",
              title: say("balanceAfter"),
              isNumber: true,
              cell: ({ balance }) => money(balance, currency),
            },
          ]}
          foot={{
            on: day(from),
            kind: say("opening"),
            balance: money(opening, currency),
          }}
        />
      )}
    </Panel>
  );
};
