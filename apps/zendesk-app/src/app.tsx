import { useCallback, useEffect, useState } from "react";
import { Client, fetchExchange, Provider } from "urql";
import { FailureText, NoOrganization, Skeleton } from "./panels/notice.js";
import { OrganizationPanel } from "./panels/organization-panel.js";
import { ConsoleAddress, Claimed } from "./session.js";
import { type Language, languageOf } from "./texts/language.js";
import { SpokenLanguage } from "./texts/spoken.js";
import { agentOf, onOrganizationChanged, type Organization, organizationOf } from "./zendesk/place.js";
import { proxiedFetch } from "./zendesk/proxied-fetch.js";
import { type ZendeskClient } from "./zendesk/sdk.js";

/** What stays the same while the app is open. */
interface Session {
  readonly language: Language;
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
    if (session) document.documentElement.lang = session.language.locale;
  }, [session]);
  if (!session) return <Skeleton />;
  const { language, agent, tenure, graphql } = session;
  return (
    <SpokenLanguage value={language}>
      <ConsoleAddress value={tenure}>
        <Claimed value={agent}>
          <Provider value={graphql}>
            <Place client={client} />
          </Provider>
        </Claimed>
      </ConsoleAddress>
    </SpokenLanguage>
  );
};

const begin = async (client: ZendeskClient): Promise<Session> => {
  const [{ name, language }, { settings }] = await Promise.all([agentOf(client), client.metadata()]);
  const tenure = String(settings["tenure_url"]).replace(/\/+$/, "");
  return {
    language: languageOf(language),
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
  if (found === "failed") return <FailureText failure={{ why: "noPlace" }} retry={find} />;
  const { organization } = found;
  return organization ? <OrganizationPanel key={organization.id} organization={organization} /> : <NoOrganization />;
};
