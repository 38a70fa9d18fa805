import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Button } from "../../../../web/components/button.js";
import { Fact, Facts } from "../../../../web/components/facts.js";
import { Panel } from "../../../../web/components/panel.js";
import { Tag } from "../../../../web/components/notice.js";
import { useDates } from "../../../../web/shown/shown.js";
import { useSay, useSpeech } from "../../../../web/texts/speech.js";
import { useOpenCommand } from "../../command/drawer.js";
import { CommitmentsAxis } from "../../drawings/commitments/commitments-axis.js";
import { useAsOf, useTellZone } from "../../frame/as-of/shown-moment.js";
import { AccountTabs } from "../../frame/account-tabs.js";
import { HistoryEntries } from "../../frame/history-entries.js";
import { Page } from "../../frame/page.js";
import { PageState, usePageQuery } from "../../frame/page-query.js";
import { isAllowed, STAFF, useAllowed, useViewer } from "../../session/viewer.js";
import style from "./account.module.css";
import { AddCommitmentDrawer } from "./add-commitment.js";
import { ChangeMainProductDrawer, CloseAccountDrawer } from "./account-drawers.js";
import { Aliases, AliasesThen } from "./aliases.js";
import { Commitments } from "./commitments.js";
import { Entitlements } from "./entitlements.js";
import { ACCOUNT, type ShownAccount, type ShownAliases } from "./query.js";
import { PathLink } from "../../frame/path-link.js";
import { accountTexts } from "./texts.js";
import { Voice } from "./voice.js";

/** Page 7: an account with what it holds, what it is entitled to on a day, and what else it is called. */
export const AccountPage = () => {
  const say = useSay(accountTexts);
  const { id } = useParams({ from: "/accounts/$id" });
  const { on = null } = useSearch({ from: "/accounts/$id" });
  const { language } = useSpeech();
  const viewer = useViewer();
  const calls = isAllowed(viewer, { query: "calls" });
  const staff = isAllowed(viewer, STAFF);
  const asOf = useAsOf();
  const page = usePageQuery(ACCOUNT, {
    ...{ id, asOf, isPast: asOf !== null, on, calls, staff },
    language: language === "it" ? "IT" : "EN",
  });
  const account = page.data?.account ?? null;
  useTellZone(account?.customer?.timeZone);
  if (!account) {
    const state = page.state === "shown" ? "absent" : page.state;
    return (
      <Page title={say("account")}>
        <PageState page={{ ...page, state }} rows={10}>
          {() => null}
        </PageState>
      </Page>
    );
  }
  return (
    <PageState page={page}>
      {({ accountAliases }) => <Shown account={account} aliases={accountAliases} reload={page.reload} />}
    </PageState>
  );
};

interface Given {
  readonly account: ShownAccount;
  readonly reload: () => void;
}

const Shown = ({ account, aliases, reload }: Given & { readonly aliases: ShownAliases | undefined }) => {
  const say = useSay(accountTexts);
  const navigate = useNavigate({ from: "/accounts/$id" });
  const { identifier, status, customer, timeline } = account;
  return (
    <Page
      title={say("title", { identifier })}
      above={customer && <PathLink href={`/customers/${customer.id}`}>{customer.contact.name}</PathLink>}
      beside={<Tag tone={status === "OPEN" ? "good" : "neutral"}>{say(status)}</Tag>}
      actions={status === "OPEN" && <Actions account={account} reload={reload} />}
    >
      <AccountTabs id={account.id} />
      <AccountFacts account={account} />
      <Panel
        title={say("commitments")}
        actions={status === "OPEN" && <AddCommitment account={account} reload={reload} />}
      >
        {timeline.commitments.length > 0 && (
          <div className={style.axis}>
            <CommitmentsAxis
              timeline={timeline}
              label={say("onOneLine")}
              href={({ commitment }) => `/commitments/${commitment?.id ?? ""}`}
            />
          </div>
        )}
        <Commitments commitments={account.commitments} timeline={timeline} />
      </Panel>
      <Entitlements
        entitlements={account.entitlements}
        today={customer?.today ?? null}
        onDay={(on) => {
          void navigate({ search: on === null ? {} : { on }, replace: true });
        }}
      />
      {account.voice && <Voice account={account} voice={account.voice} reload={reload} />}
      {aliases ? (
        <Aliases account={account} aliases={aliases} reload={reload} />
      ) : (
        <AliasesThen aliases={account.aliases ?? []} />
      )}
      {account.history && (
        <Panel title={say("history")}>
          <HistoryEntries history={account.history} zone={customer?.timeZone ?? "UTC"} />
        </Panel>
      )}
    </Page>
  );
};

const AccountFacts = ({ account: { mainProduct, openedOn, closedOn, customer } }: Pick<Given, "account">) => {
  const say = useSay(accountTexts);
  const { day } = useDates();
  return (
    <Facts>
      <Fact name={say("mainProduct")}>{mainProduct?.name ?? say("unknown")}</Fact>
      <Fact name={say("customer")}>
        {customer && <PathLink href={`/customers/${customer.id}`}>{customer.contact.name}</PathLink>}
      </Fact>
      <Fact name={say("opened")}>{day(openedOn)}</Fact>
      <Fact name={say("closed")}>{closedOn !== null && day(closedOn)}</Fact>
    </Facts>
  );
};

const AddCommitment = ({ account, reload }: Given) => {
  const say = useSay(accountTexts);
  const open = useOpenCommand();
  if (!useAllowed("assignOffer")) return null;
  return (
    <Button
      kind="primary"
      onPress={() => {
        open(<AddCommitmentDrawer account={account} reload={reload} />);
      }}
    >
      {say("addCommitment")}
    </Button>
  );
};

const Actions = ({ account, reload }: Given) => {
  const say = useSay(accountTexts);
  const open = useOpenCommand();
  const [product, close] = [useAllowed("changeMainProduct"), useAllowed("closeAccount")];
  return (
    <>
      {product && (
        <Button
          onPress={() => {
            open(<ChangeMainProductDrawer account={account} reload={reload} />);
          }}
        >
          {say("changeMainProduct")}
        </Button>
      )}
      {close && (
        <Button
          kind="danger"
          onPress={() => {
            open(<CloseAccountDrawer account={account} reload={reload} />);
          }}
        >
          {say("closeAccount")}
        </Button>
      )}
    </>
  );
};
