import { Link } from "@tanstack/react-router";
import { Tabs } from "../../../web/components/tabs.js";
import { useSay } from "../../../web/texts/speech.js";
import { useAsOf } from "./as-of/shown-moment.js";
import { isAllowed, type Need, STAFF, useViewer } from "../session/viewer.js";

/** The parts of a customer, of which one is shown. */
export const CUSTOMER_TABS = ["overview", "invoices", "statement", "calls", "tickets", "people", "history"] as const;

export type CustomerTab = (typeof CUSTOMER_TABS)[number];

/** What those need that not everybody sees who sees a customer. */
const NEEDS: Partial<Readonly<Record<CustomerTab, Need>>> = {
  history: STAFF,
  calls: { query: "calls" },
  tickets: STAFF,
};

/** Pages that show what is so now, whatever the moment is: as of another one there is no way to them. */
const WITHOUT_PAST: readonly CustomerTab[] = ["calls", "tickets"];

/** The parts that the viewer may see, as of the moment that is shown. */
export const useCustomerTabs = (): readonly CustomerTab[] => {
  const viewer = useViewer();
  const isPast = useAsOf() !== null;
  return CUSTOMER_TABS.filter((tab) => {
    if (isPast && WITHOUT_PAST.includes(tab)) return false;
    const need = NEEDS[tab];
    return need === undefined || isAllowed(viewer, need);
  });
};

const texts = {
  en: {
    tabs: "Parts of this customer",
    overview: "Overview",
    invoices: "Invoices and payments",
    statement: "Statement",
    calls: "Calls",
    tickets: "Tickets",
    people: "People",
    history: "History",
  },
  it: {
    tabs: "Parti di questo cliente",
    overview: "Riepilogo",
    invoices: "Fatture e pagamenti",
    statement: "Estratto conto",
    calls: "Chiamate",
    tickets: "Ticket",
    people: "Persone",
    history: "Cronologia",
  },
};

/** Links to the parts of a customer. Tickets, which come from Zendesk, and calls are pages of their own. */
export const CustomerTabs = ({ id }: { readonly id: string }) => {
  const say = useSay(texts);
  const exact = { exact: true, includeSearch: true } as const;
  return (
    <Tabs label={say("tabs")}>
      {useCustomerTabs().map((tab) => {
        if (tab === "calls") {
          return (
            <Link key={tab} to="/calls" search={{ customer: id }}>
              {say(tab)}
            </Link>
          );
        }
        if (tab === "tickets") {
          return (
            <Link
              key={tab}
              to="/customers/$id/tickets"
              params={{ id }}
              activeOptions={{ exact: true, includeSearch: false }}
            >
              {say(tab)}
            </Link>
          );
        }
        return (
          <Link
            key={tab}
            to="/customers/$id"
            params={{ id }}
            search={tab === "overview" ? {} : { tab }}
            activeOptions={exact}
          >
            {say(tab)}
          </Link>
        );
      })}
    </Tabs>
  );
};
