import { useState } from "react";
import { DateField, ReasonField, TextField } from "../../../../../web/components/fields.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { filled } from "../../../command/filled.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { CustomerCommand, type Site } from "./command.js";
import { exemptFromCollection, promiseToPay } from "./documents.js";

/** Collection waits through a day. */
export const PromiseToPay = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const [by, setBy] = useState<string | null>(null);
  const [note, setNote] = useState("");
  return (
    <CustomerCommand
      at={at}
      title={say("promiseToPay")}
      command={promiseToPay}
      input={by === null ? null : { customerId: at.customer.id, by, ...filled({ note }) }}
    >
      <DateField name="by" label={say("waitsThrough")} value={by} onChange={setBy} isRequired />
      <TextField name="note" label={say("note")} value={note} onChange={setNote} />
    </CustomerCommand>
  );
};

/** Leaves it alone, or ends that. */
export const Exempt = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const exempt = at.customer.collection?.exempt !== true;
  const [reason, setReason] = useState("");
  return (
    <CustomerCommand
      at={at}
      title={say(exempt ? "exemptFromCollection" : "collectAgain")}
      command={exemptFromCollection}
      input={{ customerId: at.customer.id, exempt, ...filled({ reason }) }}
    >
      <ReasonField label={say("reason")} value={reason} onChange={setReason} />
    </CustomerCommand>
  );
};
