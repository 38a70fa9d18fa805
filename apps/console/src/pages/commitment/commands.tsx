import { type ReactElement } from "react";
import { Button } from "../../../../web/components/button.js";
import { useDates } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { addDays } from "../../drawings/days.js";
import { useViewer } from "../../session/viewer.js";
import style from "./commitment.module.css";
import { type Site } from "./commands/command.js";
import { SetDiscountEnd } from "./commands/discount-end.js";
import { ApprovePause, DeclinePause, WithdrawPause } from "./commands/pause-requests.js";
import { CancelPause, ChangePause, Pause, Resume } from "./commands/pauses.js";
import { CancelRenewal, RenewFees } from "./commands/renewals.js";
import { Annul, CancelTermination, Terminate } from "./commands/terminations.js";
import {
  CancelThenUpgrade,
  EndTimeLimitedUpgrade,
  ExtendTimeLimitedUpgrade,
  OrderTimeLimitedUpgrade,
} from "./commands/time-limited-upgrades.js";
import { Transfer } from "./commands/transfer.js";
import { CancelScheduledUpgrade, Upgrade } from "./commands/upgrades.js";
import { type Commitment } from "./query.js";
import { type CommitmentTexts } from "./texts.en.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** A command that makes sense for a commitment as it is now. */
interface Offered {
  /** Name of the mutation. */
  readonly command: string;
  readonly text: keyof CommitmentTexts;
  /** Which of several it is about. */
  readonly of?: string | undefined;
  readonly drawer: (at: Site) => ReactElement;
  readonly isDangerous?: boolean;
}

/** What can be done to a commitment as it stands; what the API refuses all the same says why. */
const offeredFor = (commitment: Commitment, coolingOffDays: number): readonly Offered[] => {
  const { status, terminationScheduled, scheduledUpgrade, waitingRenewal, timeLimitedUpgrades, terms } = commitment;
  const isOver = status === "TERMINATED";
  const running = timeLimitedUpgrades.filter((upgrade) => upgrade.running);
  const upgradable = terms.recurring.filter(({ addOnProductId }) => addOnProductId !== null);
  const offered = (is: boolean, ...each: readonly Offered[]): readonly Offered[] => (is ? each : []);
  return [
    ...offered(!isOver, { command: "pauseCommitment", text: "pause", drawer: (at) => <Pause at={at} /> }),
    ...offered(status === "PAUSED", {
      command: "resumeCommitment",
      text: "resume",
      drawer: (at) => <Resume at={at} />,
    }),
    ...offered(!isOver, { command: "upgradeCommitment", text: "upgrade", drawer: (at) => <Upgrade at={at} /> }),
    ...offered(scheduledUpgrade !== null, {
      command: "cancelScheduledUpgrade",
      text: "cancelScheduledUpgrade",
      drawer: (at) => <CancelScheduledUpgrade at={at} />,
    }),
    ...offered(!isOver && running.length < Math.max(upgradable.length, 1), {
      command: "orderTimeLimitedUpgrade",
      text: "orderTimeLimited",
      drawer: (at) => <OrderTimeLimitedUpgrade at={at} />,
    }),
    ...running.flatMap(({ rowId, until, addOnProduct }): Offered[] => {
      const of = running.length > 1 ? addOnProduct?.name : undefined;
      return [
        {
          ...{ command: "extendTimeLimitedUpgrade", text: "extendTimeLimited", of },
          drawer: (at) => <ExtendTimeLimitedUpgrade at={at} rowId={rowId} until={until} day={until} />,
        },
        {
          ...{ command: "endTimeLimitedUpgrade", text: "endTimeLimited", of },
          drawer: (at) => <EndTimeLimitedUpgrade at={at} rowId={rowId} />,
        },
      ];
    }),
    ...offered(
      running.some(({ thenUpgradeTo }) => thenUpgradeTo !== null),
      {
        command: "cancelThenUpgrade",
        text: "cancelThenUpgrade",
        drawer: (at) => <CancelThenUpgrade at={at} />,
      },
    ),
    ...offered(!isOver, {
      command: "setDiscountEnd",
      text: "setDiscountEnd",
      drawer: (at) => <SetDiscountEnd at={at} />,
    }),
    ...offered(!isOver && !waitingRenewal, {
      command: "renewFees",
      text: "renewFees",
      drawer: (at) => <RenewFees at={at} />,
    }),
    ...offered(waitingRenewal !== null, {
      command: "cancelRenewal",
      text: "cancelRenewal",
      drawer: (at) => <CancelRenewal at={at} />,
    }),
    ...offered(!isOver, { command: "transferCommitment", text: "transfer", drawer: (at) => <Transfer at={at} /> }),
    ...offered(terminationScheduled, {
      command: "cancelTermination",
      text: "cancelTermination",
      drawer: (at) => <CancelTermination at={at} />,
    }),
    ...offered(!commitment.annulled && commitment.timeline.today <= addDays(commitment.start, coolingOffDays), {
      command: "annulCommitment",
      text: "annul",
      drawer: (at) => <Annul at={at} />,
    }),
    ...offered(!isOver || terminationScheduled, {
      command: "terminateCommitment",
      text: "terminate",
      drawer: (at) => <Terminate at={at} />,
      isDangerous: true,
    }),
  ];
};

interface Given {
  readonly commitment: Commitment;
  /** So many days after its start it can be annulled. */
  readonly coolingOffDays: number;
  readonly give: (drawer: (at: Site) => ReactElement) => void;
}

/** Buttons of all commands that the viewer may give, and rows of what can be changed one by one. */
export const Commands = ({ commitment, coolingOffDays, give }: Given) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const { commands } = useViewer();
  const may = (command: string): boolean => commands.includes(command);
  const button = (command: string, text: keyof CommitmentTexts, label: string, drawer: Offered["drawer"]) =>
    may(command) && (
      <Button
        label={label}
        onPress={() => {
          give(drawer);
        }}
      >
        {say(text)}
      </Button>
    );
  const scheduled = commitment.pauses.filter(({ status }) => status === "SCHEDULED");
  const offered = offeredFor(commitment, coolingOffDays).filter(({ command }) => may(command));
  const asked = commitment.pauseRequests.filter(({ status }) => status === "OPEN");
  if (offered.length + asked.length + scheduled.length === 0) return null;
  return (
    <div className={style.commands}>
      {offered.length > 0 && (
        <div className={style.buttons} role="group" aria-label={say("actions")}>
          {offered.map(({ command, text, of, drawer, isDangerous = false }) => (
            <Button
              key={`${command} ${of ?? ""}`}
              kind={isDangerous ? "danger" : "plain"}
              onPress={() => {
                give(drawer);
              }}
            >
              {of === undefined ? say(text) : say("actOf", { act: say(text), of })}
            </Button>
          ))}
        </div>
      )}
      {asked.map((request) => {
        const from = day(request.from);
        return (
          <div key={request.from} className={style.asked}>
            <span>{say("pauseRequested", { from, until: day(request.until) })}</span>
            {button("approvePause", "approvePause", say("approvePauseOf", { day: from }), (at) => (
              <ApprovePause at={at} request={request} />
            ))}
            {button("declinePause", "declinePause", say("declinePauseOf", { day: from }), (at) => (
              <DeclinePause at={at} request={request} />
            ))}
            {button("withdrawPause", "withdrawPause", say("withdrawPauseOf", { day: from }), (at) => (
              <WithdrawPause at={at} request={request} />
            ))}
          </div>
        );
      })}
      {scheduled.map((pause) => {
        const from = day(pause.from);
        return (
          <div key={pause.from} className={style.asked}>
            <span>
              {pause.until === null
                ? say("scheduledOpenPause", { from })
                : say("scheduledPause", { from, until: day(pause.until) })}
            </span>
            {button("changePause", "changePause", say("changePauseOf", { day: from }), (at) => (
              <ChangePause at={at} pause={pause} days={pause} />
            ))}
            {button("cancelPause", "cancelPause", say("cancelPauseOf", { day: from }), (at) => (
              <CancelPause at={at} pause={pause} />
            ))}
          </div>
        );
      })}
    </div>
  );
};
