import { Button } from "../../../../web/components/button.js";
import { Notice, Tag } from "../../../../web/components/notice.js";
import { Panel } from "../../../../web/components/panel.js";
import { Table } from "../../../../web/components/table.js";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { useOpenCommand } from "../../command/drawer.js";
import { PathLink } from "../../frame/path-link.js";
import { InvoiceActs, useInvoiceActs } from "../../invoices/invoice-acts.js";
import { methodTexts } from "../../invoices/method-texts.js";
import { INVOICE_TONES } from "../../invoices/tones.js";
import { useAllowed } from "../../session/viewer.js";
import { type Site } from "./commands/command.js";
import { ReversePayment } from "./commands/payments.js";
import style from "./customer.module.css";
import { type CreditNote, type Customer, type Invoice, type Payment } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** Invoices, credit notes and payments, the latest first. */
export const InvoicesTab = ({ at }: { readonly at: Site<Customer> }) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const { money } = useMoney();
  const { currency, invoices, id: customerId } = at.customer;
  const actsIn = useInvoiceActs();
  if (!invoices) return null;
  const rows = invoices.edges.map(({ node }) => node);
  const hasActs = rows.some(({ state }) => actsIn(state).length > 0);
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
                cell: ({ id, number }) => <PathLink href={`/invoices/${id}`}>{number}</PathLink>,
              },
              { id: "issued", title: say("issuedOn"), cell: ({ issuedOn }) => day(issuedOn) },
              {
                id: "period",
                title: say("period"),
                cell: ({ period }) => say("range", { from: day(period.from), until: day(period.until) }),
              },
              { id: "due", title: say("dueOn"), cell: ({ dueOn }) => day(dueOn) },
              {
                id: "state",
                title: say("state"),
                cell: ({ state }) => <Tag tone={INVOICE_TONES[state]}>{say(state)}</Tag>,
              },
              { id: "total", title: say("total"), isNumber: true, cell: ({ total }) => money(total, currency) },
              { id: "open", title: say("open"), isNumber: true, cell: ({ openAmount }) => money(openAmount, currency) },
              { id: "document", title: say("document"), cell: (invoice) => <Pdf of={invoice} /> },
              ...(hasActs
                ? [
                    {
                      id: "acts",
                      title: say("invoiceActions"),
                      cell: (invoice: Invoice) => (
                        <InvoiceActs {...{ invoice, customerId, currency }} reload={at.reload} isQuiet />
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
        <Shown shown={rows.length} total={invoices.totalCount} />
      </Panel>
      <CreditNotes customer={at.customer} />
      <Payments at={at} />
    </>
  );
};

/** A document as it was sent. */
const Pdf = ({ of: { number, documentUrl } }: { readonly of: Pick<Invoice, "number" | "documentUrl"> }) => {
  const say = useSay({ en, it });
  return (
    <a href={documentUrl} target="_blank" rel="noreferrer" aria-label={say("pdfOf", { number })}>
      {say("pdf")}
    </a>
  );
};

const CreditNotes = ({ customer: { currency, contact, creditNotes } }: { readonly customer: Customer }) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const { money } = useMoney();
  const rows = creditNotes?.edges.map(({ node }) => node) ?? [];
  // Most customers have none.
  if (rows.length === 0) return null;
  return (
    <Panel title={say("creditNotes")}>
      <Table<CreditNote>
        label={say("creditNotesOf", { name: contact.name })}
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          {
            id: "number",
            title: say("number"),
            cell: ({ id, number }) => <PathLink href={`/invoices/${id}`}>{number}</PathLink>,
          },
          { id: "issued", title: say("issuedOn"), cell: ({ issuedOn }) => day(issuedOn) },
          { id: "purpose", title: say("purpose"), cell: ({ purpose }) => say(`of${purpose}`) },
          {
            id: "invoice",
            title: say("ofInvoice"),
            cell: ({ invoice }) => invoice && <PathLink href={`/invoices/${invoice.id}`}>{invoice.number}</PathLink>,
          },
          { id: "total", title: say("total"), isNumber: true, cell: ({ total }) => money(total, currency) },
          {
            id: "unused",
            title: say("unused"),
            isNumber: true,
            cell: ({ unusedAmount }) => money(unusedAmount, currency),
          },
          { id: "document", title: say("document"), cell: (creditNote) => <Pdf of={creditNote} /> },
        ]}
      />
      <Shown shown={rows.length} total={creditNotes?.totalCount ?? 0} />
    </Panel>
  );
};

/** Says that there are more than a page shows. */
const Shown = ({ shown, total }: { readonly shown: number; readonly total: number }) => {
  const say = useSay({ en, it });
  return total > shown && <p className={style.quiet}>{say("latestOf", { shown, total })}</p>;
};

const Payments = ({ at }: { readonly at: Site<Customer> }) => {
  const say = useSay({ en, it });
  const sayMethod = useSay(methodTexts);
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
            { id: "method", title: sayMethod("method"), cell: ({ method }) => sayMethod(method) },
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
