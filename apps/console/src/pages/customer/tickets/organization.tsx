import { Button } from "../../../../../web/components/button.js";
import { Fact, Facts } from "../../../../../web/components/facts.js";
import { Notice } from "../../../../../web/components/notice.js";
import { Panel } from "../../../../../web/components/panel.js";
import { useDates } from "../../../../../web/shown/shown.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { useOpenCommand } from "../../../command/drawer.js";
import { useAllowed } from "../../../session/viewer.js";
import { LinkOrganization } from "./link.js";
import { type Site } from "./site.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";
import { UnlinkOrganization } from "./unlink.js";
import { ZendeskLink } from "./zendesk-link.js";

/** What the customer is in Zendesk, and the buttons that change it. */
export const Organization = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const open = useOpenCommand();
  const mayLink = useAllowed("linkZendeskOrganization");
  const mayUnlink = useAllowed("unlinkZendeskOrganization");
  const { zendesk } = at.customer;
  const { status, linkedOn, linkedBy, claimedAgent, untouchedUser } = zendesk;
  const isLinked = status === "LINKED";
  if (!zendesk.isEnabled && !isLinked) return <Notice title={say("notEnabled")} />;
  const link = mayLink && zendesk.isEnabled && (
    <Button
      onPress={() => {
        open(<LinkOrganization at={at} />);
      }}
    >
      {say(isLinked ? "linkOther" : "link")}
    </Button>
  );
  return (
    <Panel
      title={say("zendesk")}
      actions={
        isLinked && (
          <>
            {link}
            {mayUnlink && (
              <Button
                onPress={() => {
                  open(<UnlinkOrganization at={at} />);
                }}
              >
                {say("unlink")}
              </Button>
            )}
          </>
        )
      }
    >
      {!zendesk.isEnabled && <Notice title={say("notEnabled")} />}
      {isLinked ? (
        <Facts>
          <Fact name={say("organization")}>
            {zendesk.organizationUrl === null ? (
              zendesk.organizationName
            ) : (
              <ZendeskLink href={zendesk.organizationUrl}>{zendesk.organizationName}</ZendeskLink>
            )}
          </Fact>
          <Fact name={say("linkedOn")}>
            {linkedOn !== null &&
              linkedBy !== null &&
              say("linkedBy", {
                day: day(linkedOn),
                who: claimedAgent === null ? say(linkedBy) : say("claimedBy", { agent: claimedAgent }),
              })}
          </Fact>
        </Facts>
      ) : (
        <Notice title={say("notLinked")}>
          {zendesk.nameTakenByUrl !== null && (
            <p>
              {say("nameTaken")} <ZendeskLink href={zendesk.nameTakenByUrl}>{say("seeOrganization")}</ZendeskLink>
            </p>
          )}
          {link}
        </Notice>
      )}
      {untouchedUser && (
        <Notice title={say("untouched")}>
          <p>
            {say(untouchedUser.because)}{" "}
            {untouchedUser.userUrl !== null && <ZendeskLink href={untouchedUser.userUrl}>{say("seeUser")}</ZendeskLink>}
          </p>
        </Notice>
      )}
    </Panel>
  );
};
