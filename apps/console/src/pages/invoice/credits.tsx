import { Notice } from "../../../../web/components/notice.js";
import { Panel } from "../../../../web/components/panel.js";
import { Table } from "../../../../web/components/table.js";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { PathLink } from "../../frame/path-link.js";
import { methodTexts } from "../../invoices/method-texts.js";
import { type Allocation, type Invoice, type Issued } from "./query.js";
import { invoiceTexts } from "./texts.js";

interface Given {
  readonly issued: Issued;
  /** Null: it is a credit note. */
  readonly invoice: Invoice | null;
}

/** What paid an invoice; what a credit note was used for. */
export const UsedPanel = ({ issued: { allocations, currency, number }, invoice }: Given) => {
  const say = useSay(invoiceTexts);
  const sayMethod = useSay(methodTexts);
  const { day } = useDates();
  const { money } = useMoney();
  const [title, nothing] = invoice ? (["paidBy", "paidByNothing"] as const) : (["usedFor", "usedForNothing"] as const);
  const source = ({ creditNote, payment }: Allocation) =>
    creditNote ? (
      <PathLink href={`/invoices/${creditNote.id}`}>{creditNote.number}</PathLink>
    ) : (
      payment &&
      say("payment", {
        method: sayMethod(payment.method),
        reference: payment.reference ?? "–",
        day: day(payment.valueOn),
      })
    );
  const use = ({ usedFor, invoice: paid }: Allocation) =>
    paid ? <PathLink href={`/invoices/${paid.id}`}>{paid.number}</PathLink> : say(`use${usedFor}`);
  return (
    <Panel title={say(title)}>
      {allocations.length === 0 ? (
        <Notice title={say(nothing)} />
      ) : (
        <Table<Allocation & { readonly at: number }>
          label={say(`${title}Of`, { number })}
          rows={allocations.map((allocation, at) => ({ ...allocation, at }))}
          keyOf={({ at }) => String(at)}
          columns={[
            { id: "what", title: say("what"), cell: invoice ? source : use },
            {
              id: "amount",
              title: say("amount"),
              isNumber: true,
              cell: ({ amount }) => money(amount, currency),
            },
          ]}
        />
      )}
    </Panel>
  );
};

type OfInvoice = Invoice["creditNotes"]["edges"][number]["node"];

/** The credit notes that correct or void an invoice; nothing where there are none. */
export const CreditedPanel = ({ invoice: { creditNotes, currency, number } }: { readonly invoice: Invoice }) => {
  const say = useSay(invoiceTexts);
  const { day } = useDates();
  const { money } = useMoney();
  const rows = creditNotes.edges.map(({ node }) => node);
  if (rows.length === 0) return null;
  return (
    <Panel title={say("creditNotes")}>
      <Table<OfInvoice>
        label={say("creditNotesOf", { number })}
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          {
            id: "number",
            title: say("number"),
            cell: (row) => <PathLink href={`/invoices/${row.id}`}>{row.number}</PathLink>,
          },
          { id: "issued", title: say("issuedOn"), cell: ({ issuedOn }) => day(issuedOn) },
          { id: "purpose", title: say("purpose"), cell: ({ purpose }) => say(`of${purpose}`) },
          { id: "total", title: say("total"), isNumber: true, cell: ({ total }) => money(total, currency) },
        ]}
      />
    </Panel>
  );
};
