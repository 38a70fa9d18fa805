import { Notice } from "../../../../web/components/notice.js";
import { Table, type TableColumn } from "../../../../web/components/table.js";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { PathLink } from "../../frame/path-link.js";
import { PauseAnswers, useMayAnswer } from "./pause-answers.js";
import { type PauseRequest, type WorkListData } from "./query.js";
import { type Work } from "./search.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

interface Given {
  readonly data: WorkListData;
  readonly list: Work;
  /** Reads the page again. */
  readonly reload: () => void;
}

/** The things behind a count. */
export const OpenList = ({ data, list, reload }: Given) => {
  const lists = useLists(data, reload);
  return lists[list]();
};

interface Listed<Row> {
  readonly edges: readonly { readonly node: Row }[];
}

interface Rows<Row> {
  readonly label: string;
  readonly rows: Listed<Row> | undefined;
  readonly columns: readonly TableColumn<Row>[];
  readonly keyOf: (row: Row) => string;
}

const Rows = <Row,>({ label, rows, columns, keyOf }: Rows<Row>) => {
  const say = useSay({ en, it });
  const found = rows?.edges.map(({ node }) => node) ?? [];
  if (found.length === 0) return <Notice title={say("noneLeft")} />;
  return <Table label={say("listed", { what: label })} columns={columns} rows={found} keyOf={keyOf} />;
};

interface Named {
  readonly contact: { readonly name: string };
}

const useLists = (data: WorkListData, reload: () => void): Readonly<Record<Work, () => React.ReactNode>> => {
  const mayAnswer = useMayAnswer();
  const say = useSay({ en, it });
  const { day, instant } = useDates();
  const { money } = useMoney();
  const customer = (id: string | undefined, named: Named | null) =>
    id === undefined ? null : <PathLink href={`/customers/${id}`}>{named?.contact.name ?? id}</PathLink>;
  const days = (first: string, last: string) => `${day(first)} – ${day(last)}`;
  return {
    parkedCloses: () => (
      <Rows
        label={say("parkedCloses")}
        rows={data.parkedCloses}
        keyOf={({ customerId }) => customerId}
        columns={[
          { id: "customer", title: say("customer"), cell: (row) => customer(row.customerId, row.customer) },
          { id: "reason", title: say("reason"), cell: ({ reason }) => reason },
          { id: "since", title: say("since"), cell: ({ since }) => instant(since) },
          { id: "attempts", title: say("attempts"), isNumber: true, cell: ({ attempts }) => attempts },
        ]}
      />
    ),
    parkedDeliveries: () => (
      <Rows
        label={say("parkedDeliveries")}
        rows={data.parkedDeliveries}
        keyOf={({ id }) => id}
        columns={[
          { id: "customer", title: say("customer"), cell: (row) => customer(row.customerId, row.customer) },
          { id: "target", title: say("target"), cell: ({ target }) => target },
          { id: "on", title: say("on"), cell: ({ on }) => day(on) },
          { id: "lastError", title: say("lastError"), cell: ({ lastError }) => lastError },
        ]}
      />
    ),
    overdueInvoices: () => (
      <Rows
        label={say("overdueInvoices")}
        rows={data.overdueInvoices}
        keyOf={({ id }) => id}
        columns={[
          { id: "customer", title: say("customer"), cell: (row) => customer(row.customer?.id, row.customer) },
          {
            id: "number",
            title: say("number"),
            cell: ({ id, number }) => <PathLink href={`/invoices/${id}`}>{number}</PathLink>,
          },
          { id: "due", title: say("due"), cell: ({ dueOn }) => day(dueOn) },
          {
            id: "open",
            title: say("open"),
            isNumber: true,
            cell: ({ openAmount, currency }) => money(openAmount, currency),
          },
        ]}
      />
    ),
    endingSoon: () => (
      <Rows
        label={say("endingSoon")}
        rows={data.endingSoon}
        keyOf={({ id }) => id}
        columns={[
          {
            id: "commitment",
            title: say("commitment"),
            cell: ({ id, terms }) => <PathLink href={`/commitments/${id}`}>{terms.name}</PathLink>,
          },
          { id: "customer", title: say("customer"), cell: (row) => customer(row.customer?.id, row.customer) },
          {
            id: "discountEnd",
            title: say("discountEnd"),
            cell: ({ discountEndDate }) => discountEndDate && day(discountEndDate),
          },
          { id: "lastDay", title: say("lastDay"), cell: ({ terminatedOn }) => terminatedOn && day(terminatedOn) },
        ]}
      />
    ),
    movedPeriods: () => (
      <Rows
        label={say("movedPeriods")}
        rows={data.movedPeriods}
        keyOf={({ period, customer: of }) => `${of?.id ?? ""} ${period.from}`}
        columns={[
          { id: "customer", title: say("customer"), cell: (row) => customer(row.customer?.id, row.customer) },
          { id: "period", title: say("period"), cell: ({ period }) => days(period.from, period.until) },
          { id: "late", title: say("late"), isNumber: true, cell: ({ lateEvents }) => lateEvents.length },
        ]}
      />
    ),
    pauseRequests: () => (
      <Rows
        label={say("pauseRequests")}
        rows={data.pauseRequests}
        keyOf={({ commitmentId }) => commitmentId}
        columns={[
          {
            id: "commitment",
            title: say("commitment"),
            cell: ({ commitmentId, commitment }) => (
              <PathLink href={`/commitments/${commitmentId}`}>{commitment?.terms.name ?? commitmentId}</PathLink>
            ),
          },
          { id: "customer", title: say("customer"), cell: (row) => customer(row.customerId, row.customer) },
          { id: "from", title: say("from"), cell: ({ from }) => day(from) },
          { id: "until", title: say("until"), cell: ({ until }) => day(until) },
          { id: "requestedOn", title: say("requestedOn"), cell: ({ requestedOn }) => day(requestedOn) },
          ...(mayAnswer
            ? [
                {
                  id: "answer",
                  title: say("answer"),
                  cell: (request: PauseRequest) => <PauseAnswers request={request} reload={reload} />,
                },
              ]
            : []),
        ]}
      />
    ),
  };
};
