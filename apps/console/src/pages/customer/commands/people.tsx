import { useState } from "react";
import { ReasonField, TextField } from "../../../../../web/components/fields.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { type Person } from "../query.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { CustomerCommand, type Site } from "./command.js";
import { invitePerson, removePerson } from "./documents.js";

/** Lets somebody act for it; a link goes to the address. */
export const InvitePerson = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const isComplete = name.trim() !== "" && email.trim() !== "";
  return (
    <CustomerCommand
      at={at}
      title={say("invitePerson")}
      command={invitePerson}
      input={isComplete ? { customerId: at.customer.id, name: name.trim(), email: email.trim() } : null}
    >
      <TextField name="name" label={say("name")} value={name} onChange={setName} isRequired />
      <TextField name="email" type="email" label={say("email")} value={email} onChange={setEmail} isRequired />
    </CustomerCommand>
  );
};

interface OfPerson {
  readonly at: Site;
  readonly person: Person;
}

export const RemovePerson = ({ at, person }: OfPerson) => {
  const say = useSay({ en, it });
  const [reason, setReason] = useState("");
  return (
    <CustomerCommand
      at={at}
      title={say("removeNamed", { name: person.name })}
      command={removePerson}
      input={reason.trim() === "" ? null : { personId: person.id, reason }}
      isDangerous
    >
      <ReasonField label={say("reason")} value={reason} onChange={setReason} isRequired />
    </CustomerCommand>
  );
};
