import { useState } from "react";
import { ReasonField, TextField } from "../../../../../web/components/fields.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { CommandDrawer } from "../../../command/command-drawer.js";
import { createTicket } from "./query.js";
import { type Site } from "./site.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** Asks support for help in the customer's name, e.g. for somebody who calls. */
export const NewTicket = ({ at }: { readonly at: Site }) => {
  const { customer, reload } = at;
  const say = useSay({ en, it });
  const [subject, setSubject] = useState("");
  const [body, setBody] = useState("");
  const isComplete = subject.trim() !== "" && body.trim() !== "";
  return (
    <CommandDrawer
      title={say("newTicket")}
      preview={createTicket.preview}
      mutation={createTicket.mutation}
      input={isComplete ? { customerId: customer.id, subject, body } : null}
      reload={reload}
    >
      <p>{say("newTicketHint")}</p>
      <TextField name="subject" label={say("subject")} value={subject} onChange={setSubject} isRequired />
      <ReasonField name="body" label={say("body")} value={body} onChange={setBody} isRequired />
    </CommandDrawer>
  );
};
