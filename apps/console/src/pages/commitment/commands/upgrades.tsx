import { useState } from "react";
import { DateField, ReasonField, SelectField } from "../../../../../web/components/fields.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { filled } from "../../../command/filled.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { CommitmentCommand, type Site } from "./command.js";
import { useSynchronisable } from "./discount-end.js";
import { cancelScheduledUpgrade, upgradeCommitment } from "./documents.js";

const KINDS = ["KEEP", "DEFAULT", "MANUAL", "SYNCHRONISED"] as const;

/** Moves it to another offer for good, today or from a day. */
export const Upgrade = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const others = useSynchronisable(at.commitment);
  const [offerId, setOffer] = useState("");
  const [effectiveOn, setDay] = useState<string | null>(null);
  const [kind, setKind] = useState<(typeof KINDS)[number]>("KEEP");
  const [date, setDate] = useState<string | null>(null);
  const [other, setOther] = useState("");
  const [reason, setReason] = useState("");
  const isComplete =
    offerId !== "" && (kind !== "MANUAL" || date !== null) && (kind !== "SYNCHRONISED" || other !== "");
  const discountEnd = {
    kind,
    ...(kind === "MANUAL" && filled({ date })),
    ...(kind === "SYNCHRONISED" && { commitmentId: other }),
  };
  const input = { commitmentId: at.commitment.id, offerId, discountEnd, ...filled({ effectiveOn, reason }) };
  return (
    <CommitmentCommand at={at} title={say("upgrade")} command={upgradeCommitment} input={isComplete ? input : null}>
      <SelectField
        name="offerId"
        label={say("toOffer")}
        value={offerId}
        choices={at.offers.map(({ id, name }) => ({ value: id, text: name }))}
        onChange={setOffer}
      />
      <DateField
        name="effectiveOn"
        label={say("firstDay")}
        hint={say("todayHint")}
        value={effectiveOn}
        onChange={setDay}
      />
      <SelectField
        name="discountEnd.kind"
        label={say("discountEndThen")}
        value={kind}
        choices={KINDS.filter((each) => each !== "SYNCHRONISED" || others.length > 0).map((each) => ({
          value: each,
          text: say(`end${each}`),
        }))}
        onChange={(chosen) => {
          setKind(KINDS.find((each) => each === chosen) ?? "KEEP");
        }}
      />
      {kind === "MANUAL" && (
        <DateField name="discountEnd.date" label={say("firstWithout")} value={date} onChange={setDate} isRequired />
      )}
      {kind === "SYNCHRONISED" && (
        <SelectField
          name="discountEnd.commitmentId"
          label={say("withCommitment")}
          value={other}
          choices={others}
          onChange={setOther}
        />
      )}
      <ReasonField label={say("reason")} hint={say("reasonHint")} value={reason} onChange={setReason} />
    </CommitmentCommand>
  );
};

export const CancelScheduledUpgrade = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  return (
    <CommitmentCommand
      at={at}
      title={say("cancelScheduledUpgrade")}
      command={cancelScheduledUpgrade}
      input={{ commitmentId: at.commitment.id }}
    />
  );
};
