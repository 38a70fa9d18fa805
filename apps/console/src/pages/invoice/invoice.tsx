import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Tag } from "../../../../web/components/notice.js";
import { Panel, Panels } from "../../../../web/components/panel.js";
import { useSay, useSpeech } from "../../../../web/texts/speech.js";
import { useAsOf, useTellZone } from "../../frame/as-of/shown-moment.js";
import { HistoryEntries } from "../../frame/history-entries.js";
import { Page } from "../../frame/page.js";
import { PageState, usePageQuery } from "../../frame/page-query.js";
import { PathLink } from "../../frame/path-link.js";
import { InvoiceActs } from "../../invoices/invoice-acts.js";
import { INVOICE_TONES } from "../../invoices/tones.js";
import { isAllowed, STAFF, useViewer } from "../../session/viewer.js";
import { CreditedPanel, UsedPanel } from "./credits.js";
import { FactsPanel } from "./facts.js";
import style from "./invoice.module.css";
import { LinesPanel } from "./lines.js";
import { DOCUMENT, type Invoice, type Issued } from "./query.js";
import { invoiceTexts } from "./texts.js";

/** Page 11: an invoice or a credit note, with its lines, why they are what they are, and what paid it. */
export const InvoicePage = () => {
  const say = useSay(invoiceTexts);
  const { language } = useSpeech();
  const { id } = useParams({ from: "/invoices/$id" });
  const { everything = false } = useSearch({ from: "/invoices/$id" });
  const staff = isAllowed(useViewer(), STAFF);
  const asOf = useAsOf();
  const page = usePageQuery(DOCUMENT, {
    ...{ id, asOf, staff, essential: !everything },
    language: language === "it" ? "IT" : "EN",
  });
  const invoice = page.data?.invoice ?? null;
  const issued = invoice ?? page.data?.creditNote ?? null;
  useTellZone(issued?.customer?.timeZone);
  return (
    <Page
      title={issued ? say(invoice ? "invoiceTitle" : "creditNoteTitle", { number: issued.number }) : say("title")}
      above={issued && <Above issued={issued} />}
      beside={invoice && <Tag tone={INVOICE_TONES[invoice.state]}>{say(invoice.state)}</Tag>}
      actions={issued && <Actions issued={issued} invoice={invoice} reload={page.reload} />}
    >
      <PageState page={page} rows={12}>
        {() => issued && <Shown key={id} issued={issued} invoice={invoice} />}
      </PageState>
    </Page>
  );
};

const Above = ({ issued: { customer, recipient } }: { readonly issued: Issued }) =>
  customer ? (
    <PathLink href={`/customers/${customer.id}?tab=invoices`}>{customer.contact.name}</PathLink>
  ) : (
    recipient.name
  );

interface OfDocument {
  readonly issued: Issued;
  /** Null: it is a credit note. */
  readonly invoice: Invoice | null;
}

const Actions = ({ issued, invoice, reload }: OfDocument & { readonly reload: () => void }) => {
  const say = useSay(invoiceTexts);
  const { documentUrl, customer, number } = issued;
  return (
    <>
      <a
        className={style.pdf}
        href={documentUrl}
        target="_blank"
        rel="noreferrer"
        aria-label={say("pdfOf", { number })}
      >
        {say("pdf")}
      </a>
      {invoice && customer && (
        <InvoiceActs invoice={invoice} customerId={customer.id} currency={invoice.currency} reload={reload} />
      )}
    </>
  );
};

const Shown = ({ issued, invoice }: OfDocument) => {
  const say = useSay(invoiceTexts);
  const navigate = useNavigate({ from: "/invoices/$id" });
  const { line, everything = false } = useSearch({ from: "/invoices/$id" });
  const { history, customer } = issued;
  return (
    <>
      <FactsPanel issued={issued} />
      <LinesPanel issued={issued} />
      <Panels>
        <UsedPanel issued={issued} invoice={invoice} />
        {invoice && <CreditedPanel invoice={invoice} />}
      </Panels>
      {history && (
        <Panel title={say("history")}>
          <HistoryEntries
            history={history}
            zone={customer?.timeZone ?? "UTC"}
            everything={{
              is: everything,
              onChange: (is) => {
                const search = { ...(line !== undefined && { line }), ...(is && { everything: true as const }) };
                void navigate({ search, replace: true, resetScroll: false });
              },
            }}
          />
        </Panel>
      )}
    </>
  );
};
