import { useMemo } from "react";
import { Notice } from "../../../../web/components/notice.js";
import { Panel } from "../../../../web/components/panel.js";
import { Table } from "../../../../web/components/table.js";
import { useSay } from "../../../../web/texts/speech.js";
import { PageState, usePageQuery } from "../../frame/page-query.js";
import { PathLink } from "../../frame/path-link.js";
import { pathOfHit } from "../../frame/search-box.js";
import { EVERYTHING, type Group, type Hit } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** What a text names, by kind, with the place that matched marked. */
export const Everything = ({ text }: { readonly text: string }) => {
  const say = useSay({ en, it });
  const page = usePageQuery(
    EVERYTHING,
    useMemo(() => ({ text }), [text]),
  );
  return (
    <PageState page={page}>
      {({ search: { groups } }) =>
        groups.length === 0 ? (
          <Notice title={say("none", { text })}>
            {Array.from(text.trim()).length < 3 && <p>{say("noneHint")}</p>}
          </Notice>
        ) : (
          groups.map((group) => <Hits key={group.kind} group={group} />)
        )
      }
    </PageState>
  );
};

const Hits = ({ group: { kind, hits, hasMore } }: { readonly group: Group }) => {
  const say = useSay({ en, it });
  const isCustomer = kind === "CUSTOMER";
  return (
    <Panel title={say(kind)}>
      <Table
        label={say("listed", { what: say(kind) })}
        rows={hits}
        keyOf={({ id }) => id}
        columns={[
          { id: "name", title: say("name"), cell: (hit) => <PathLink href={pathOfHit(hit)}>{hit.title}</PathLink> },
          { id: "matched", title: say("matched"), cell: (hit) => <Matched hit={hit} /> },
          ...(isCustomer
            ? []
            : [
                {
                  id: "customer",
                  title: say("customer"),
                  cell: ({ customerId, customer }: Hit) => (
                    <PathLink href={`/customers/${customerId}`}>{customer?.contact.name ?? customerId}</PathLink>
                  ),
                },
              ]),
        ]}
      />
      {hasMore && <p>{say("more")}</p>}
    </Panel>
  );
};

const Matched = ({ hit: { matched, text, from, until } }: { readonly hit: Hit }) => {
  const say = useSay({ en, it });
  return (
    <>
      {say(matched)}: {text.slice(0, from)}
      <mark>{text.slice(from, until)}</mark>
      {text.slice(until)}
    </>
  );
};
