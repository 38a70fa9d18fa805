import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { DateField, ReasonField, SelectField, TextField } from "../../../../../web/components/fields.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { filled } from "../../../command/filled.js";
import { ACCOUNTS_FOUND } from "../query.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { CommitmentCommand, type Site } from "./command.js";
import { transferCommitment } from "./documents.js";

/** How long nothing is typed before accounts are looked for, in milliseconds. */
const REST = 200;

/** To another account, which pays the transfer fee and everything from that day on. */
export const Transfer = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const [typed, setTyped] = useState("");
  const [text, setText] = useState("");
  const [toAccountId, setAccount] = useState("");
  const [effectiveOn, setDay] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => {
      setText(typed.trim());
    }, REST);
    return () => {
      clearTimeout(timer);
    };
  }, [typed]);
  const [{ data }] = useQuery({ query: ACCOUNTS_FOUND, variables: { text }, pause: text.length < 2 });
  const found = (data?.search.groups ?? [])
    .filter(({ kind }) => kind === "ACCOUNT")
    .flatMap(({ hits }) => hits)
    .filter(({ id }) => id !== at.commitment.account?.id)
    .map(({ id, title, customer }) => ({ value: id, text: customer ? `${title} · ${customer.contact.name}` : title }));
  return (
    <CommitmentCommand
      at={at}
      title={say("transfer")}
      command={transferCommitment}
      input={
        toAccountId === "" ? null : { commitmentId: at.commitment.id, toAccountId, ...filled({ effectiveOn, reason }) }
      }
    >
      <TextField
        name="account"
        type="search"
        label={say("findAccount")}
        hint={say("findAccountHint")}
        value={typed}
        onChange={setTyped}
      />
      <SelectField
        name="toAccountId"
        label={say("toAccount")}
        value={toAccountId}
        choices={found}
        onChange={setAccount}
      />
      <DateField
        name="effectiveOn"
        label={say("firstDayThere")}
        hint={say("todayHint")}
        value={effectiveOn}
        onChange={setDay}
      />
      <ReasonField label={say("reason")} hint={say("reasonHint")} value={reason} onChange={setReason} />
    </CommitmentCommand>
  );
};
