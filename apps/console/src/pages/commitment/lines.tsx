import { Panel } from "../../../../web/components/panel.js";
import { Table } from "../../../../web/components/table.js";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { PathLink } from "../../frame/path-link.js";
import style from "./commitment.module.css";
import { type Commitment } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** Its lines on issued invoices and credit notes, the latest first. */
export const LinesPanel = ({ commitment: { lines } }: { readonly commitment: Commitment }) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const { money } = useMoney();
  const rows = lines.edges.map(({ node }, at) => ({ ...node, at })).toReversed();
  const amount = (id: "fee" | "discount" | "net") => ({
    id,
    title: say(id),
    isNumber: true,
    cell: (row: (typeof rows)[number]) => money(row[id], row.currency),
  });
  return (
    <Panel title={say("lines")}>
      {rows.length === 0 && <p>{say("linesEmpty")}</p>}
      {lines.pageInfo.hasPreviousPage && <p className={style.hint}>{say("linesMore")}</p>}
      {rows.length > 0 && (
        <Table
          label={say("lines")}
          rows={rows}
          keyOf={({ at }) => String(at)}
          columns={[
            { id: "description", title: say("description"), cell: ({ description }) => description },
            {
              id: "period",
              title: say("period"),
              cell: ({ from, until }) => (from === until ? day(from) : `${day(from)} – ${day(until)}`),
            },
            {
              id: "document",
              title: say("document"),
              cell: ({ invoice, creditNote }) => {
                const of = invoice ?? creditNote;
                return of && <PathLink href={`/invoices/${of.id}`}>{of.number}</PathLink>;
              },
            },
            amount("fee"),
            amount("discount"),
            amount("net"),
          ]}
        />
      )}
    </Panel>
  );
};
