import { useState } from "react";
import { ReasonField } from "../../../web/components/fields.js";
import { useSay } from "../../../web/texts/speech.js";
import { CommandDrawer } from "../command/command-drawer.js";
import { filled } from "../command/filled.js";
import { issueCreditNote, reissueInvoice, voidInvoice, writeOffInvoice } from "./documents.js";
import { RecordPayment } from "./record-payment.js";
import { invoiceTexts } from "./texts.js";

/** What a command on an invoice has to know of it, wherever it is given. */
export interface InvoiceSite {
  readonly invoice: {
    readonly id: string;
    readonly number: string;
    readonly state: "PAID" | "UNPAID" | "PARTIALLY_PAID" | "OVERDUE" | "VOID" | "WRITTEN_OFF";
    readonly period: { readonly from: string };
    readonly openAmount: string;
  };
  /** ISO 4217 code. */
  readonly currency: string;
  /** Of the customer that it is addressed to. */
  readonly customerId: string;
  /** Reads the page again. */
  readonly reload: () => void;
}

/** Money that came for it. */
export const PayInvoice = ({ invoice, customerId, currency, reload }: InvoiceSite) => (
  <RecordPayment
    customerId={customerId}
    currency={currency}
    owed={invoice.openAmount}
    invoice={invoice}
    reload={reload}
  />
);

/** Gives up what is open of an invoice. */
export const WriteOff = ({ invoice: { id: invoiceId, number }, reload }: InvoiceSite) => {
  const say = useSay(invoiceTexts);
  const [reason, setReason] = useState("");
  return (
    <CommandDrawer
      title={say("writeOffOf", { number })}
      {...writeOffInvoice}
      input={reason.trim() === "" ? null : { invoiceId, reason }}
      isDangerous
      reload={reload}
    >
      <ReasonField label={say("reason")} value={reason} onChange={setReason} isRequired />
    </CommandDrawer>
  );
};

/** Takes back an invoice as a whole. */
export const VoidInvoice = ({ invoice: { id: invoiceId, number }, reload }: InvoiceSite) => {
  const say = useSay(invoiceTexts);
  const [reason, setReason] = useState("");
  return (
    <CommandDrawer
      title={say("voidOf", { number })}
      {...voidInvoice}
      input={reason.trim() === "" ? null : { invoiceId, reason }}
      isDangerous
      reload={reload}
    >
      <ReasonField label={say("reason")} value={reason} onChange={setReason} isRequired />
    </CommandDrawer>
  );
};

/** Credits what its billing period charged too much, at once rather than with the next invoice. */
export const CreditNote = ({ invoice: { number, period }, customerId, reload }: InvoiceSite) => {
  const say = useSay(invoiceTexts);
  const [reason, setReason] = useState("");
  return (
    <CommandDrawer
      title={say("creditNoteOf", { number })}
      {...issueCreditNote}
      input={{ customerId, correcting: period.from, ...filled({ reason }) }}
      reload={reload}
    >
      <ReasonField label={say("reason")} hint={say("reasonHint")} value={reason} onChange={setReason} />
    </CommandDrawer>
  );
};

/** Issues a void invoice again, as its period stands now. */
export const Reissue = ({ invoice: { id: invoiceId, number }, reload }: InvoiceSite) => {
  const say = useSay(invoiceTexts);
  return (
    <CommandDrawer title={say("reissueOf", { number })} {...reissueInvoice} input={{ invoiceId }} reload={reload}>
      <p>{say("nothingToFillIn")}</p>
    </CommandDrawer>
  );
};
