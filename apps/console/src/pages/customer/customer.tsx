import { Link, useParams, useSearch } from "@tanstack/react-router";
import { useSay, useSpeech } from "../../../../web/texts/speech.js";
import { useAsOf, useTellZone } from "../../frame/as-of/shown-moment.js";
import { useCustomerTabs } from "../../frame/customer-tabs.js";
import { Page } from "../../frame/page.js";
import { PageState, usePageQuery } from "../../frame/page-query.js";
import { useFrameSay } from "../../texts/frame.js";
import { Failed } from "../../refusal/failed.js";
import { CustomerPart } from "./customer-head.js";
import { HistoryTab } from "./history-tab.js";
import { InvoicesTab } from "./invoices-tab.js";
import { Overview } from "./overview.js";
import { PeopleTab } from "./people-tab.js";
import { CUSTOMER } from "./query.js";
import { type Tab } from "./search.js";
import { StatementTab } from "./statement-tab.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** Page 5: a customer, and all that somebody who calls may ask. */
export const CustomerPage = () => {
  const say = useSay({ en, it });
  const frameSay = useFrameSay();
  const { language } = useSpeech();
  const { id } = useParams({ from: "/customers/$id" });
  const { tab: asked = "overview", everything = false } = useSearch({ from: "/customers/$id" });
  const tab: Tab = useCustomerTabs().includes(asked) ? asked : "overview";
  const asOf = useAsOf();
  const page = usePageQuery(CUSTOMER, {
    ...{ id, asOf, language: language === "it" ? "IT" : "EN" },
    overview: tab === "overview",
    invoices: tab === "invoices",
    statement: tab === "statement",
    people: tab === "people",
    history: tab === "history",
    essential: !everything,
  } as const);
  const { reload } = page;
  useTellZone(page.data?.customer?.timeZone);
  const above = <Link to="/customers">{frameSay("customers")}</Link>;
  const customer = page.data?.customer;
  if (!customer || customer.id !== id) {
    return (
      <Page title={say("title")} above={above}>
        <PageState page={page}>{() => null}</PageState>
      </Page>
    );
  }
  return (
    <CustomerPart
      customer={customer}
      reload={reload}
      notice={page.failure && <Failed failure={page.failure} retry={reload} />}
    >
      {tab === "overview" && <Overview at={{ customer, reload }} />}
      {tab === "invoices" && <InvoicesTab at={{ customer, reload }} />}
      {tab === "statement" && <StatementTab customer={customer} />}
      {tab === "people" && <PeopleTab at={{ customer, reload }} />}
      {tab === "history" && <HistoryTab customer={customer} everything={everything} />}
    </CustomerPart>
  );
};
