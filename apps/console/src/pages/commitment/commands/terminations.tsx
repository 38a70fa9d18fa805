import { useState } from "react";
import { CheckboxField, DateField, ReasonField, TextField } from "../../../../../web/components/fields.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { filled } from "../../../command/filled.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { CommitmentCommand, type Site } from "./command.js";
import { annulCommitment, cancelTermination, terminateCommitment } from "./documents.js";

/** Ends it on a last charged day; its preview says the penalty. */
export const Terminate = ({ at, day }: { readonly at: Site; readonly day?: string | undefined }) => {
  const say = useSay({ en, it });
  const [effectiveOn, setDay] = useState<string | null>(day ?? null);
  const [reason, setReason] = useState("");
  const [isWaived, setWaived] = useState(false);
  const [waivePenalty, setWaiver] = useState("");
  const isComplete = !isWaived || waivePenalty.trim() !== "";
  const fields = { effectiveOn, reason, waivePenalty: isWaived ? waivePenalty : null };
  return (
    <CommitmentCommand
      at={at}
      title={say("terminate")}
      command={terminateCommitment}
      input={isComplete ? { commitmentId: at.commitment.id, ...filled(fields) } : null}
      isDangerous
    >
      <DateField
        name="effectiveOn"
        label={say("lastCharged")}
        hint={say("todayHint")}
        value={effectiveOn}
        onChange={setDay}
      />
      <ReasonField label={say("reason")} hint={say("reasonHint")} value={reason} onChange={setReason} />
      <CheckboxField name="isWaived" label={say("waive")} value={isWaived} onChange={setWaived} />
      {isWaived && (
        <TextField name="waivePenalty" label={say("waiveWhy")} value={waivePenalty} onChange={setWaiver} isRequired />
      )}
    </CommitmentCommand>
  );
};

export const CancelTermination = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  return (
    <CommitmentCommand
      at={at}
      title={say("cancelTermination")}
      command={cancelTermination}
      input={{ commitmentId: at.commitment.id }}
    />
  );
};

/** Within the cooling-off days: nothing of it is charged. */
export const Annul = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const [reason, setReason] = useState("");
  return (
    <CommitmentCommand
      at={at}
      title={say("annul")}
      command={annulCommitment}
      input={reason.trim() === "" ? null : { commitmentId: at.commitment.id, reason }}
      isDangerous
    >
      <ReasonField label={say("reason")} hint={say("annulHint")} value={reason} onChange={setReason} isRequired />
    </CommitmentCommand>
  );
};
