import { Link, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { Notice } from "../../../../web/components/notice.js";
import { Panel } from "../../../../web/components/panel.js";
import { type Column, VirtualTable } from "../../../../web/components/virtual-table.js";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { PathLink } from "../../frame/path-link.js";
import { Failed } from "../../refusal/failed.js";
import { isAllowed, STAFF, useViewer } from "../../session/viewer.js";
import style from "./invoice.module.css";
import { type Issued, type Line } from "./query.js";
import { invoiceTexts } from "./texts.js";
import { useLines } from "./use-lines.js";
import { Why } from "./why.js";

interface Row {
  /** Position on the document, from 1. */
  readonly at: number;
  readonly line: Line;
}

/** Its lines, those of a commitment together; below them why the chosen one is what it is. */
export const LinesPanel = ({ issued }: { readonly issued: Issued }) => {
  const say = useSay(invoiceTexts);
  const { day } = useDates();
  const { money } = useMoney();
  const { line: chosen } = useSearch({ from: "/invoices/$id" });
  const { edges, total, more, failure, retry } = useLines(issued);
  const isStaff = isAllowed(useViewer(), STAFF);
  useEffect(() => {
    // The line that the address names may be far down.
    if (chosen !== undefined && chosen > edges.length) more?.();
  }, [chosen, edges.length, more]);
  const amount = (id: "fee" | "discount" | "net"): Column<Row> => ({
    id,
    title: say(id),
    isNumber: true,
    isMinor: id !== "net",
    width: "110px",
    cell: ({ line }) => money(line[id], issued.currency),
  });
  const columns: readonly Column<Row>[] = [
    {
      id: "description",
      title: say("line"),
      width: "minmax(0, 2.2fr)",
      cell: ({ at, line }) =>
        isStaff ? (
          <Link
            from="/invoices/$id"
            to="/invoices/$id"
            params={(now) => now}
            search={(now) => ({ ...now, line: at })}
            resetScroll={false}
            aria-label={say("whyLine", { at, description: line.description })}
          >
            {line.description}
          </Link>
        ) : (
          line.description
        ),
    },
    { id: "kind", title: say("kind"), cell: (row) => <Kind row={row} documentId={issued.id} /> },
    {
      id: "of",
      title: say("of"),
      width: "minmax(0, 2.2fr)",
      cell: ({ line: { commitment, account } }) =>
        commitment ? (
          <PathLink href={`/commitments/${commitment.id}`}>
            {say("commitmentOf", { name: commitment.terms.name, account: account?.identifier ?? "–" })}
          </PathLink>
        ) : (
          account && <PathLink href={`/accounts/${account.id}`}>{account.identifier}</PathLink>
        ),
    },
    {
      id: "days",
      title: say("days"),
      width: "minmax(0, 1.6fr)",
      cell: ({ line: { from, until } }) =>
        from === until ? day(from) : say("range", { from: day(from), until: day(until) }),
    },
    amount("fee"),
    amount("discount"),
    amount("net"),
  ];
  const before = chosen === undefined ? undefined : edges[chosen - 2];
  return (
    <Panel title={say("lines")}>
      {total === 0 ? (
        <Notice title={say("noLines")} />
      ) : (
        <VirtualTable
          label={say("linesOf", { number: issued.number })}
          columns={columns}
          rows={edges.map(({ node }, index) => ({ at: index + 1, line: node }))}
          keyOf={({ at }) => String(at)}
          total={total}
          more={more}
        />
      )}
      {failure && <Failed failure={failure} retry={retry} />}
      {isStaff && chosen === undefined && total > 0 && <p className={style.note}>{say("whyHint")}</p>}
      {isStaff && chosen !== undefined && chosen <= edges.length && (
        <Why key={chosen} issued={issued} at={chosen} after={before?.cursor ?? null} />
      )}
    </Panel>
  );
};

/** What it charges; calls lead to those that they are. */
const Kind = ({ row: { at, line }, documentId }: { readonly row: Row; readonly documentId: string }) => {
  const say = useSay(invoiceTexts);
  const seesCalls = isAllowed(useViewer(), { query: "calls" });
  const { kind, corrects, usage } = line;
  if (corrects) return say("correcting", { kind: say(corrects.kind) });
  if (!usage) return say(kind);
  const text = say(usage.late ? "lateCalls" : "calls", { count: usage.calls });
  return seesCalls ? <PathLink href={`/calls?invoice=${documentId}&line=${at}`}>{text}</PathLink> : text;
};
