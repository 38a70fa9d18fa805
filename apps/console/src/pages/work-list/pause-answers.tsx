import { useState } from "react";
import { Button } from "../../../../web/components/button.js";
import { ReasonField } from "../../../../web/components/fields.js";
import { graphql } from "../../../../web/graphql.js";
import { useDates } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandDrawer } from "../../command/command-drawer.js";
import { useOpenCommand } from "../../command/drawer.js";
import { PREVIEWED } from "../../command/previewed.js";
import { useAllowed } from "../../session/viewer.js";
import style from "./work-list.module.css";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

const APPROVE = {
  preview: graphql(
    `
      query PreviewApprove($input: ApprovePausePreviewInput!, $language: Language!) {
        preview(command: { approvePause: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation Approve($input: ApprovePauseInput!) {
      approvePause(input: $input) {
        id
        visible
      }
    }
  `),
};

const DECLINE = {
  preview: graphql(
    `
      query PreviewDecline($input: DeclinePausePreviewInput!, $language: Language!) {
        preview(command: { declinePause: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation Decline($input: DeclinePauseInput!) {
      declinePause(input: $input) {
        id
        visible
      }
    }
  `),
};

interface Given {
  readonly request: { readonly commitmentId: string; readonly from: string };
  /** Reads the list again. */
  readonly reload: () => void;
}

/** Whether the viewer may answer requests at all. */
export const useMayAnswer = (): boolean => {
  const may = [useAllowed("approvePause"), useAllowed("declinePause")];
  return may.includes(true);
};

/** Buttons that answer a customer's request for a pause, as far as the viewer may. */
export const PauseAnswers = ({ request, reload }: Given) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const open = useOpenCommand();
  const mayApprove = useAllowed("approvePause");
  const mayDecline = useAllowed("declinePause");
  return (
    <span className={style.answers}>
      {mayApprove && (
        <Button
          label={say("approveOf", { day: day(request.from) })}
          onPress={() => {
            open(<Approve request={request} reload={reload} />);
          }}
        >
          {say("approve")}
        </Button>
      )}
      {mayDecline && (
        <Button
          label={say("declineOf", { day: day(request.from) })}
          onPress={() => {
            open(<Decline request={request} reload={reload} />);
          }}
        >
          {say("decline")}
        </Button>
      )}
    </span>
  );
};

const Approve = ({ request: { commitmentId, from }, reload }: Given) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  return (
    <CommandDrawer
      {...APPROVE}
      title={say("approveOf", { day: day(from) })}
      input={{ commitmentId, from }}
      confirm={say("approve")}
      reload={reload}
    >
      <p>{say("nothingToFillIn")}</p>
    </CommandDrawer>
  );
};

const Decline = ({ request: { commitmentId, from }, reload }: Given) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const [reason, setReason] = useState("");
  return (
    <CommandDrawer
      {...DECLINE}
      title={say("declineOf", { day: day(from) })}
      input={reason.trim() === "" ? null : { commitmentId, from, reason }}
      confirm={say("decline")}
      reload={reload}
    >
      <ReasonField label={say("reason")} hint={say("declineHint")} value={reason} onChange={setReason} isRequired />
    </CommandDrawer>
  );
};
