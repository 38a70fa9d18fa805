import { useState } from "react";
import { ReasonField } from "../../../../../web/components/fields.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { CustomerCommand, type Site } from "./command.js";
import { voidInvoice, writeOffInvoice } from "./documents.js";

interface OfInvoice {
  readonly at: Site;
  readonly invoice: { readonly id: string; readonly number: string };
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
