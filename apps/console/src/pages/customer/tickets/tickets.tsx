import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { Button } from "../../../../../web/components/button.js";
import { Notice, Skeleton } from "../../../../../web/components/notice.js";
import { Panel } from "../../../../../web/components/panel.js";
import { VirtualTable } from "../../../../../web/components/virtual-table.js";
import { type Failure } from "../../../../../web/failure.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { useOpenCommand } from "../../../command/drawer.js";
import { useColumns } from "../../../frame/columns.js";
import { useTell } from "../../../frame/live.js";
import { Page } from "../../../frame/page.js";
import { useToday } from "../../../session/today.js";
import { useAllowed } from "../../../session/viewer.js";
import { useFrameSay } from "../../../texts/frame.js";
import { Failed } from "../../../refusal/failed.js";
import { CustomerPart } from "../customer-head.js";
import { useTicketColumns } from "./columns.js";
import { Cost } from "./cost.js";
import { useKeptView } from "./kept-view.js";
import { NewTicket } from "./new-ticket.js";
import { Organization } from "./organization.js";
import {
  askedOf,
  firstOfMonths,
  isFiltered,
  isPlain,
  isSame,
  readTicketsSearch,
  searchOf,
  type TicketsView,
  viewOf,
} from "./search.js";
import { type Site } from "./site.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";
import { TicketFilters } from "./ticket-filters.js";
import style from "./tickets.module.css";
import { type TicketsQuery, useTickets } from "./use-tickets.js";

/** Page 6: a customer's tickets, as Zendesk has them at this moment, and what they took. */
export const TicketsPage = () => {
  const say = useSay({ en, it });
  const frameSay = useFrameSay();
  const open = useOpenCommand();
  const { id } = useParams({ from: "/customers/$id/tickets" });
  const search = useSearch({ from: "/customers/$id/tickets" });
  const navigate = useNavigate({ from: "/customers/$id/tickets" });
  const [kept, keep] = useKeptView();
  const view = useMemo(() => viewOf(search, kept), [search, kept]);
  const { months = 6 } = search;
  // The customer's zone is not known yet; at the turn of a month there may be one month more.
  const from = firstOfMonths(useToday("UTC"), months);
  const page = useTickets(useMemo(() => ({ id, from, ...askedOf(view) }), [id, from, view]));
  const mayAsk = useAllowed("createTicket");
  const above = <Link to="/customers">{frameSay("customers")}</Link>;
  const { customer, reload, failure } = page;
  if (!customer) {
    return (
      <Page title={say("title")} above={above}>
        {page.state === "loading" && <Skeleton rows={10} />}
        {page.state === "failed" && failure && <Failed failure={failure} retry={reload} />}
        {page.state === "absent" && <Notice title={frameSay("notFound")}>{frameSay("notFoundHint")}</Notice>}
      </Page>
    );
  }
  const at: Site = { customer, reload };
  const show = (next: TicketsView, default_ = kept): void => {
    void navigate({ search: searchOf(next, default_, search.months), replace: true });
  };
  return (
    <CustomerPart
      customer={customer}
      reload={reload}
      notice={failure && <Failed failure={failure} retry={reload} />}
      actions={
        mayAsk &&
        customer.zendesk.isEnabled && (
          <Button
            onPress={() => {
              open(<NewTicket at={at} />);
            }}
          >
            {say("newTicket")}
          </Button>
        )
      }
    >
      <Organization at={at} />
      {customer.zendesk.status === "LINKED" && customer.zendesk.isEnabled && (
        <>
          <Tickets
            page={page}
            zone={customer.timeZone}
            view={view}
            kept={kept}
            onView={show}
            onKeep={() => {
              keep(view);
              show(view, view);
            }}
          />
          {page.cost === null ? (
            <Skeleton rows={4} />
          ) : (
            <Cost
              cost={page.cost.cost}
              months={months}
              onMonths={(count) => {
                void navigate({
                  search: (before) => readTicketsSearch({ ...before, months: count }),
                  replace: true,
                });
              }}
            />
          )}
        </>
      )}
    </CustomerPart>
  );
};

interface Given {
  readonly page: TicketsQuery;
  readonly zone: string;
  readonly view: TicketsView;
  readonly kept: TicketsView;
  readonly onView: (view: TicketsView) => void;
  readonly onKeep: () => void;
}

/** The list with its filters. */
const Tickets = ({ page, zone, view, kept, onView, onKeep }: Given) => {
  const say = useSay({ en, it });
  const frameSay = useFrameSay();
  const tell = useTell();
  const [columns, choice] = useColumns("tickets", useTicketColumns(zone));
  const { list, more, reload } = page;
  const { sort } = askedOf(view);
  const rows = list?.rows ?? [];
  const clear = (
    <Button
      onPress={() => {
        onView({});
      }}
    >
      {frameSay("clearFilters")}
    </Button>
  );
  return (
    <Panel title={say("tickets")} actions={<Button onPress={reload}>{say("reload")}</Button>}>
      <TicketFilters
        view={view}
        onChange={onView}
        actions={
          <>
            {!isSame(view, kept) && (
              <Button
                kind="quiet"
                onPress={() => {
                  onKeep();
                  tell(say("keptView"));
                }}
              >
                {say("keepView")}
              </Button>
            )}
            {!isSame(view, kept) && !isPlain(kept) && (
              <Button
                kind="quiet"
                onPress={() => {
                  onView(kept);
                }}
              >
                {say("toKeptView")}
              </Button>
            )}
            {!isPlain(view) && rows.length > 0 && clear}
            {choice}
          </>
        }
      />
      {list === null && <Skeleton rows={6} />}
      {list?.searched && <p className={style.searched}>{say("searched")}</p>}
      {list?.failure && <ZendeskFailed failure={list.failure} retry={reload} />}
      {list && !list.failure && rows.length === 0 && (
        <Notice title={say(isFiltered(view) ? "noneFiltered" : "none")}>{isFiltered(view) && clear}</Notice>
      )}
      {rows.length > 0 && <p className={style.searched}>{say("inZone", { zone })}</p>}
      {rows.length > 0 && (
        <VirtualTable
          key={list?.id}
          label={say("tickets")}
          columns={columns}
          rows={rows}
          keyOf={({ number }) => number}
          more={more}
          sort={sort}
          onSort={({ by, direction }) => {
            onView({ ...view, sort: sortOf(by), ascending: direction === "ASC" ? true : undefined });
          }}
        />
      )}
    </Panel>
  );
};

const ZendeskFailed = ({ failure, retry }: { readonly failure: Failure; readonly retry: () => void }) => {
  const say = useSay({ en, it });
  const sentence = sentenceOf(failure);
  return <Failed failure={failure} retry={retry} {...(sentence !== null && { sentence: say(sentence) })} />;
};

const sortOf = (by: string): TicketsView["sort"] => readTicketsSearch({ sort: by }).sort;

/** What stands for it where it is Zendesk that does not answer, not Tenure. */
const sentenceOf = (failure: Failure): "zendeskDown" | "organizationGone" | null => {
  if (failure.why === "unreachable") return "zendeskDown";
  return failure.why === "refused" && failure.code === "ORGANIZATION_NOT_FOUND" ? "organizationGone" : null;
};
