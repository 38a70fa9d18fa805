import { useState } from "react";
import { ReasonField } from "../../../../../web/components/fields.js";
import { useDates } from "../../../../../web/shown/shown.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { type Days } from "../../../drawings/timeline/data.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { CommitmentCommand, type Site } from "./command.js";
import { approvePause, declinePause, withdrawPause } from "./documents.js";

interface Given {
  readonly at: Site;
  readonly request: Days;
}

export const ApprovePause = ({ at, request: { from } }: Given) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  return (
    <CommitmentCommand
      at={at}
      title={say("approvePauseOf", { day: day(from) })}
      command={approvePause}
      input={{ commitmentId: at.commitment.id, from }}
    />
  );
};

export const DeclinePause = ({ at, request: { from } }: Given) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const [reason, setReason] = useState("");
  return (
    <CommitmentCommand
      at={at}
      title={say("declinePauseOf", { day: day(from) })}
      command={declinePause}
      input={reason.trim() === "" ? null : { commitmentId: at.commitment.id, from, reason }}
    >
      <ReasonField label={say("reason")} hint={say("declineHint")} value={reason} onChange={setReason} isRequired />
    </CommitmentCommand>
  );
};

export const WithdrawPause = ({ at, request: { from } }: Given) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  return (
    <CommitmentCommand
      at={at}
      title={say("withdrawPauseOf", { day: day(from) })}
      command={withdrawPause}
      input={{ commitmentId: at.commitment.id, from }}
    />
  );
};
