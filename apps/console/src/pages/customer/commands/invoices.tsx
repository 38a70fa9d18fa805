import { useState } from "react";
import { ReasonField } from "../../../../../web/components/fields.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { filled } from "../../../command/filled.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { CustomerCommand, type Site } from "./command.js";
import { issueCreditNote, reissueInvoice, voidInvoice, writeOffInvoice } from "./documents.js";

interface OfInvoice {
  readonly at: Site;
  readonly invoice: { readonly id: string; readonly number: string; readonly period: { readonly from: string } };
}

/** Gives up what is open of an invoice. */
export const WriteOff = ({ at, invoice: { id: invoiceId, number } }: OfInvoice) => {
  const say = useSay({ en, it });
  const [reason, setReason] = useState("");
  return (
    <CustomerCommand
      at={at}
      title={say("writeOffOf", { number })}
      command={writeOffInvoice}
      input={reason.trim() === "" ? null : { invoiceId, reason }}
      isDangerous
    >
      <ReasonField label={say("reason")} value={reason} onChange={setReason} isRequired />
    </CustomerCommand>
  );
};

/** Takes back an invoice as a whole. */
export const VoidInvoice = ({ at, invoice: { id: invoiceId, number } }: OfInvoice) => {
  const say = useSay({ en, it });
  const [reason, setReason] = useState("");
  return (
    <CustomerCommand
      at={at}
      title={say("voidOf", { number })}
      command={voidInvoice}
      input={reason.trim() === "" ? null : { invoiceId, reason }}
      isDangerous
    >
      <ReasonField label={say("reason")} value={reason} onChange={setReason} isRequired />
    </CustomerCommand>
  );
};

/** Credits what its billing period charged too much, at once rather than with the next invoice. */
export const CreditNote = ({ at, invoice: { number, period } }: OfInvoice) => {
  const say = useSay({ en, it });
  const [reason, setReason] = useState("");
  return (
    <CustomerCommand
      at={at}
      title={say("creditNoteOf", { number })}
      command={issueCreditNote}
      input={{ customerId: at.customer.id, correcting: period.from, ...filled({ reason }) }}
    >
      <ReasonField label={say("reason")} hint={say("reasonHint")} value={reason} onChange={setReason} />
    </CustomerCommand>
  );
};

/** Issues a void invoice again, as its period stands now. */
export const Reissue = ({ at, invoice: { id: invoiceId, number } }: OfInvoice) => {
  const say = useSay({ en, it });
  return (
    <CustomerCommand at={at} title={say("reissueOf", { number })} command={reissueInvoice} input={{ invoiceId }} />
  );
};
