import { useCallback, useEffect, useState } from "react";
import { Client, fetchExchange, Provider } from "urql";
import { FailureNotice, Notice, Skeleton } from "../../web/components/notice.js";
import { SpeechContext } from "../../web/texts/speech.js";
import { type Speech, speechOf } from "../../web/texts/language.js";
import { OrganizationPanel } from "./panels/organization-panel.js";
import { ConsoleAddress, Claimed } from "./session.js";
import { useAppSay } from "./texts/app.js";
import { agentOf, onOrganizationChanged, type Organization, organizationOf } from "./zendesk/place.js";
import { proxiedFetch } from "./zendesk/proxied-fetch.js";
import { type ZendeskClient } from "./zendesk/sdk.js";

/** What stays the same while the app is open. */
interface Session {
  readonly speech: Speech;
  readonly agent: string | null;
  /** Tenure's address, without a slash at its end. */
  readonly tenure: string;
  readonly graphql: Client;
}

/** The app in a sidebar of Zendesk. */
export const App = ({ client }: { readonly client: ZendeskClient }) => {
  const [session, setSession] = useState<Session | null>(null);
  useEffect(() => {
    void begin(client).then(setSession);
  }, [client]);
  useEffect(() => {
    if (session) document.documentElement.lang = session.speech.locale;
  }, [session]);
  if (!session) return <Skeleton />;
  const { speech, agent, tenure, graphql } = session;
  return (
    <SpeechContext value={speech}>
      <ConsoleAddress value={tenure}>
        <Claimed value={agent}>
          <Provider value={graphql}>
            <Place client={client} />
          </Provider>
        </Claimed>
      </ConsoleAddress>
    </SpeechContext>
  );
};

const begin = async (client: ZendeskClient): Promise<Session> => {
  const [{ name, language }, { settings }] = await Promise.all([agentOf(client), client.metadata()]);
  const tenure = String(settings["tenure_url"]).replace(/\/+$/, "");
  return {
    speech: speechOf([language]),
    agent: name,
    tenure,
    graphql: new Client({
      url: `${tenure}/graphql`,
      // Nothing is kept: what an agent sees was asked for when he opened the page.
      exchanges: [fetchExchange],
      fetch: proxiedFetch(client),
      preferGetMethod: false,
    }),
  };
};

type Found = { readonly organization: Organization | null } | "failed" | "loading";

/** The organization that the page is about, and follows it. */
const Place = ({ client }: { readonly client: ZendeskClient }) => {
  const say = useAppSay();
  const [found, setFound] = useState<Found>("loading");
  const find = useCallback(() => {
    organizationOf(client).then(
      (organization) => {
        setFound({ organization });
      },
      () => {
        setFound("failed");
      },
    );
  }, [client]);
  useEffect(() => {
    find();
    return onOrganizationChanged(client, find);
  }, [client, find]);
  if (found === "loading") return <Skeleton />;
  if (found === "failed") return <FailureNotice failure={NO_PLACE} sentence={say("noPlace")} retry={find} />;
  const { organization } = found;
  if (organization) return <OrganizationPanel key={organization.id} organization={organization} />;
  return (
    <Notice title={say("noOrganization")} isHeading>
      <p>{say("noOrganizationHint")}</p>
    </Notice>
  );
};

const NO_PLACE = { why: "unreachable", request: null } as const;
