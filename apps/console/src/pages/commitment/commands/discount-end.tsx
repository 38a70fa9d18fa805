import { useState } from "react";
import { DateField, ReasonField, SelectField } from "../../../../../web/components/fields.js";
import { useDates } from "../../../../../web/shown/shown.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { filled } from "../../../command/filled.js";
import { type Commitment } from "../query.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { CommitmentCommand, type Site } from "./command.js";
import { setDiscountEnd } from "./documents.js";

/** The account's other commitments that have a date to copy. */
export const useSynchronisable = (commitment: Commitment) => {
  const { day } = useDates();
  return (commitment.account?.commitments.edges ?? [])
    .map(({ node }) => node)
    .filter(({ id, status }) => id !== commitment.id && status !== "TERMINATED")
    .flatMap(({ id, terms, discountEndDate }) =>
      discountEndDate === null ? [] : [{ value: id, text: `${terms.name} (${day(discountEndDate)})` }],
    );
};

/** Sets the first day without discount by hand, or copies that of another commitment of the account. */
export const SetDiscountEnd = ({ at, day }: { readonly at: Site; readonly day?: string | undefined }) => {
  const say = useSay({ en, it });
  const others = useSynchronisable(at.commitment);
  const [kind, setKind] = useState<"MANUAL" | "SYNCHRONISED">("MANUAL");
  const [date, setDate] = useState<string | null>(day ?? at.commitment.discountEndDate);
  const [other, setOther] = useState("");
  const [reason, setReason] = useState("");
  const isManual = kind === "MANUAL";
  const isChanged = date !== null && date !== at.commitment.discountEndDate;
  const isComplete = isManual ? isChanged && reason.trim() !== "" : other !== "";
  const discountEnd = isManual ? { kind, ...filled({ date }) } : { kind, commitmentId: other };
  return (
    <CommitmentCommand
      at={at}
      title={say("setDiscountEnd")}
      command={setDiscountEnd}
      input={isComplete ? { commitmentId: at.commitment.id, discountEnd, ...filled({ reason }) } : null}
    >
      <SelectField
        name="discountEnd.kind"
        label={say("how")}
        value={kind}
        choices={[
          { value: "MANUAL", text: say("byHand") },
          ...(others.length > 0 ? [{ value: "SYNCHRONISED", text: say("synchronised") }] : []),
        ]}
        onChange={(chosen) => {
          setKind(chosen === "SYNCHRONISED" ? "SYNCHRONISED" : "MANUAL");
        }}
      />
      {isManual ? (
        <DateField name="discountEnd.date" label={say("firstWithout")} value={date} onChange={setDate} isRequired />
      ) : (
        <SelectField
          name="discountEnd.commitmentId"
          label={say("withCommitment")}
          value={other}
          choices={others}
          onChange={setOther}
        />
      )}
      <ReasonField label={say("reason")} value={reason} onChange={setReason} isRequired={isManual} />
    </CommitmentCommand>
  );
};
