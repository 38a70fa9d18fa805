import { useState } from "react";
import { DateField, ReasonField } from "../../../../../web/components/fields.js";
import { useDates } from "../../../../../web/shown/shown.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { filled } from "../../../command/filled.js";
import { type Customer } from "../query.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { CustomerCommand, type Site } from "./command.js";
import { cancelScheduledChange, closeCustomer, suspendCustomer, unsuspendCustomer } from "./documents.js";

/** Blocks its service: the preview shows the lines that are not charged. */
export const Suspend = ({ at }: { readonly at: Site }) => (
  <OnDay at={at} command={suspendCustomer} title="suspend" day="firstUncharged" isDangerous isReasonRequired />
);

export const Unsuspend = ({ at }: { readonly at: Site }) => (
  <OnDay at={at} command={unsuspendCustomer} title="unsuspend" day="firstCharged" isReasonRequired />
);

/** Ends all that it has; its commitments with their penalties. */
export const Close = ({ at }: { readonly at: Site }) => (
  <OnDay at={at} command={closeCustomer} title="close" day="lastCharged" isDangerous />
);

interface Given {
  readonly at: Site;
  readonly command: typeof suspendCustomer | typeof unsuspendCustomer | typeof closeCustomer;
  readonly title: "suspend" | "unsuspend" | "close";
  readonly day: "firstUncharged" | "firstCharged" | "lastCharged";
  readonly isDangerous?: boolean;
  readonly isReasonRequired?: boolean;
}

/** What takes effect on a day, for a reason. */
const OnDay = ({ at, command, title, day, isDangerous = false, isReasonRequired = false }: Given) => {
  const say = useSay({ en, it });
  const [effectiveOn, setDay] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const isComplete = !isReasonRequired || reason.trim() !== "";
  return (
    <CustomerCommand
      at={at}
      title={say(title)}
      command={command as typeof suspendCustomer}
      input={isComplete ? { customerId: at.customer.id, ...filled({ effectiveOn, reason }) } : null}
      isDangerous={isDangerous}
    >
      <DateField name="effectiveOn" label={say(day)} hint={say("todayHint")} value={effectiveOn} onChange={setDay} />
      <ReasonField label={say("reason")} value={reason} onChange={setReason} isRequired={isReasonRequired} />
    </CustomerCommand>
  );
};

interface Ordered {
  readonly at: Site;
  readonly what: Customer["scheduledChanges"][number]["what"];
  readonly effectiveOn: string;
}

/** Takes back what is ordered for a coming day. */
export const CancelScheduledChange = ({ at, what, effectiveOn }: Ordered) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  return (
    <CustomerCommand
      at={at}
      title={say("cancelChangeOf", { day: day(effectiveOn) })}
      command={cancelScheduledChange}
      input={{ customerId: at.customer.id, what, effectiveOn }}
    />
  );
};
