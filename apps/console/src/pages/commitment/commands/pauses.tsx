import { useState } from "react";
import { DateField, ReasonField, SelectField } from "../../../../../web/components/fields.js";
import { useDates } from "../../../../../web/shown/shown.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { filled } from "../../../command/filled.js";
import { type Days } from "../../../drawings/timeline/data.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { CommitmentCommand, type Site } from "./command.js";
import { cancelPause, changePause, pauseCommitment, resumeCommitment } from "./documents.js";

/**
 * Pauses from a day, or from tomorrow on; without a last day it stays open. Nothing is asked for before somebody has
 * chosen: what he did not order cannot be refused.
 */
export const Pause = ({ at, days }: { readonly at: Site; readonly days?: Days }) => {
  const say = useSay({ en, it });
  const [when, setWhen] = useState("days");
  const [from, setFrom] = useState<string | null>(days?.from ?? null);
  const [until, setUntil] = useState<string | null>(days?.until ?? null);
  const [reason, setReason] = useState("");
  const isNow = when === "now";
  const input = { commitmentId: at.commitment.id, ...filled({ from: isNow ? null : from, until, reason }) };
  return (
    <CommitmentCommand
      at={at}
      title={say("pause")}
      command={pauseCommitment}
      input={!isNow && from === null ? null : input}
    >
      <SelectField
        name="when"
        label={say("pauseWhen")}
        value={when}
        choices={[
          { value: "days", text: say("pauseDays") },
          { value: "now", text: say("pauseNow") },
        ]}
        onChange={setWhen}
      />
      {!isNow && <DateField name="from" label={say("firstPaused")} value={from} onChange={setFrom} isRequired />}
      <DateField name="until" label={say("lastPaused")} hint={say("openHint")} value={until} onChange={setUntil} />
      <ReasonField label={say("reason")} hint={say("reasonHint")} value={reason} onChange={setReason} />
    </CommitmentCommand>
  );
};

/** Moves a pause that has not begun. */
export const ChangePause = ({ at, pause, days }: { readonly at: Site; readonly pause: Days; readonly days: Days }) => {
  const say = useSay({ en, it });
  const dates = useDates();
  const [newFrom, setFrom] = useState<string | null>(days.from);
  const [newUntil, setUntil] = useState(days.until);
  const [reason, setReason] = useState("");
  const isChanged = newFrom !== pause.from || newUntil !== pause.until;
  const changes = {
    newFrom: newFrom === pause.from ? null : newFrom,
    newUntil: newUntil === pause.until ? null : newUntil,
    reason,
  };
  const input = { commitmentId: at.commitment.id, from: pause.from, ...filled(changes) };
  return (
    <CommitmentCommand
      at={at}
      title={say("changePauseOf", { day: dates.day(pause.from) })}
      command={changePause}
      input={isChanged ? input : null}
    >
      <DateField name="newFrom" label={say("firstPaused")} value={newFrom} onChange={setFrom} />
      <DateField name="newUntil" label={say("lastPaused")} value={newUntil} onChange={setUntil} />
      <ReasonField label={say("reason")} hint={say("reasonHint")} value={reason} onChange={setReason} />
    </CommitmentCommand>
  );
};

export const CancelPause = ({ at, pause }: { readonly at: Site; readonly pause: Days }) => {
  const say = useSay({ en, it });
  const dates = useDates();
  return (
    <CommitmentCommand
      at={at}
      title={say("cancelPauseOf", { day: dates.day(pause.from) })}
      command={cancelPause}
      input={{ commitmentId: at.commitment.id, from: pause.from }}
    />
  );
};

/** Ends the running pause: that day is its last. */
export const Resume = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const [effectiveOn, setDay] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  return (
    <CommitmentCommand
      at={at}
      title={say("resume")}
      command={resumeCommitment}
      input={{ commitmentId: at.commitment.id, ...filled({ effectiveOn, reason }) }}
    >
      <DateField
        name="effectiveOn"
        label={say("lastPaused")}
        hint={say("todayHint")}
        value={effectiveOn}
        onChange={setDay}
      />
      <ReasonField label={say("reason")} hint={say("reasonHint")} value={reason} onChange={setReason} />
    </CommitmentCommand>
  );
};
