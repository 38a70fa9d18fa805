import { type ReactElement } from "react";
import { Button } from "../../../../web/components/button.js";
import { Notice, Tag, type Tone } from "../../../../web/components/notice.js";
import { Panel } from "../../../../web/components/panel.js";
import { Table } from "../../../../web/components/table.js";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { useOpenCommand } from "../../command/drawer.js";
import { useAllowed } from "../../session/viewer.js";
import { type Site } from "./commands/command.js";
import { CreditNote, Reissue, VoidInvoice, WriteOff } from "./commands/invoices.js";
import { ReversePayment } from "./commands/payments.js";
import style from "./customer.module.css";
import { type Customer, type Invoice, type Payment } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

const TONES: Readonly<Record<Invoice["state"], Tone>> = {
  PAID: "good",
  UNPAID: "neutral",
  PARTIALLY_PAID: "warning",
  OVERDUE: "bad",
  VOID: "neutral",
  WRITTEN_OFF: "neutral",
};

/** Something of them is left to pay. */
const OPEN: readonly Invoice["state"][] = ["UNPAID", "PARTIALLY_PAID", "OVERDUE"];

/** Invoices and payments, the latest first. */
export const InvoicesTab = ({ at }: { readonly at: Site<Customer> }) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const { money } = useMoney();
  const { currency, invoices } = at.customer;
  const open = useOpenCommand();
  const mayWriteOff = useAllowed("writeOffInvoice");
  const mayVoid = useAllowed("voidInvoice");
  const mayCredit = useAllowed("issueCreditNote");
  const mayReissue = useAllowed("reissueInvoice");
  if (!invoices) return null;
  /** What the API refuses all the same says why. */
  const acts = (invoice: Invoice) => {
    const isOpen = OPEN.includes(invoice.state);
    const isVoid = invoice.state === "VOID";
    const button = (is: boolean, text: "writeOff" | "void" | "creditNote" | "reissue", drawer: ReactElement) =>
      is && (
        <Button
          kind="quiet"
          label={say(`${text}Of`, { number: invoice.number })}
          onPress={() => {
            open(drawer);
          }}
        >
          {say(text)}
        </Button>
      );
    return (
      <>
        {button(mayWriteOff && isOpen, "writeOff", <WriteOff at={at} invoice={invoice} />)}
        {button(mayVoid && isOpen, "void", <VoidInvoice at={at} invoice={invoice} />)}
        {button(mayCredit && !isVoid, "creditNote", <CreditNote at={at} invoice={invoice} />)}
        {button(mayReissue && isVoid, "reissue", <Reissue at={at} invoice={invoice} />)}
      </>
    );
  };
  const rows = invoices.edges.map(({ node }) => node);
  const hasActs = rows.some(({ state }) =>
    state === "VOID" ? mayReissue : mayCredit || ((mayWriteOff || mayVoid) && OPEN.includes(state)),
  );
  return (
    <>
      <Panel title={say("invoices")}>
        {rows.length === 0 ? (
          <Notice title={say("noInvoices")} />
        ) : (
          <Table<Invoice>
            label={say("invoicesOf", { name: at.customer.contact.name })}
            rows={rows}
            keyOf={({ id }) => id}
            columns={[
              {
                id: "number",
                title: say("number"),
                cell: ({ documentUrl, number }) => (
                  <a href={documentUrl} target="_blank" rel="noreferrer">
                    {number}
                  </a>
                ),
              },
              { id: "issued", title: say("issuedOn"), cell: ({ issuedOn }) => day(issuedOn) },
              {
                id: "period",
                title: say("period"),
                cell: ({ period }) => say("range", { from: day(period.from), until: day(period.until) }),
              },
              { id: "due", title: say("dueOn"), cell: ({ dueOn }) => day(dueOn) },
              { id: "state", title: say("state"), cell: ({ state }) => <Tag tone={TONES[state]}>{say(state)}</Tag> },
              { id: "total", title: say("total"), isNumber: true, cell: ({ total }) => money(total, currency) },
              { id: "open", title: say("open"), isNumber: true, cell: ({ openAmount }) => money(openAmount, currency) },
              ...(hasActs ? [{ id: "acts", title: say("invoiceActions"), cell: acts }] : []),
            ]}
          />
        )}
        <Shown shown={rows.length} total={invoices.totalCount} />
      </Panel>
      <Payments at={at} />
    </>
  );
};

/** Says that there are more than a page shows. */
const Shown = ({ shown, total }: { readonly shown: number; readonly total: number }) => {
  const say = useSay({ en, it });
  return total > shown && <p className={style.quiet}>{say("latestOf", { shown, total })}</p>;
};

const Payments = ({ at }: { readonly at: Site<Customer> }) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const { money } = useMoney();
  const open = useOpenCommand();
  const mayReverse = useAllowed("reversePayment");
  const { currency, payments } = at.customer;
  const rows = payments?.edges.map(({ node }) => node) ?? [];
  return (
    <Panel title={say("payments")}>
      {rows.length === 0 ? (
        <Notice title={say("noPayments")} />
      ) : (
        <Table<Payment>
          label={say("paymentsOf", { name: at.customer.contact.name })}
          rows={rows}
          keyOf={({ id }) => id}
          columns={[
            { id: "on", title: say("valueOn"), cell: ({ valueOn }) => day(valueOn) },
            { id: "method", title: say("method"), cell: ({ method }) => say(method) },
            { id: "reference", title: say("reference"), cell: ({ reference }) => reference },
            { id: "amount", title: say("amount"), isNumber: true, cell: ({ amount }) => money(amount, currency) },
            {
              id: "unused",
              title: say("unused"),
              isNumber: true,
              cell: ({ unusedAmount }) => money(unusedAmount, currency),
            },
            {
              id: "reversed",
              title: say("status"),
              cell: (payment) =>
                payment.reversedOn === null
                  ? mayReverse && (
                      <Button
                        kind="quiet"
                        label={say("reverseOf", { amount: money(payment.amount, currency), day: day(payment.valueOn) })}
                        onPress={() => {
                          open(<ReversePayment at={at} paymentId={payment.id} />);
                        }}
                      >
                        {say("reverse")}
                      </Button>
                    )
                  : say("reversedOn", { day: day(payment.reversedOn) }),
            },
          ]}
        />
      )}
      <Shown shown={rows.length} total={payments?.totalCount ?? 0} />
    </Panel>
  );
};
