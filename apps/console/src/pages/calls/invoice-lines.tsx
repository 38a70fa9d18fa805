import { Button } from "../../../../web/components/button.js";
import { Notice } from "../../../../web/components/notice.js";
import { Panel } from "../../../../web/components/panel.js";
import { Table, type TableColumn } from "../../../../web/components/table.js";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import style from "./calls.module.css";
import { type CallsAnswer, type ListedSum, type UsageLine } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

interface Given {
  readonly lines: NonNullable<CallsAnswer["usageLines"]>;
  readonly sums: readonly ListedSum[];
  /** Position of the line whose calls are shown; left out: those of all. */
  readonly line: number | undefined;
  readonly onLine: (line: number | undefined) => void;
}

/** The lines of calls of an invoice, each with the way to its calls, and what these add up to. */
export const InvoiceLines = ({ lines, sums, line, onLine }: Given) => {
  const say = useSay({ en, it });
  const all = lines.edges.map(({ node }) => node);
  const number = all.map(({ invoice, creditNote }) => (invoice ?? creditNote)?.number).find((one) => one !== undefined);
  const shown = line === undefined ? all : all.filter(({ position }) => position === line);
  const own = line === undefined ? undefined : shown[0];
  return (
    <Panel
      title={say("callsOfInvoice", { number: number ?? say("invoice") })}
      actions={
        line !== undefined && (
          <Button
            onPress={() => {
              onLine(undefined);
            }}
          >
            {say("allLines")}
          </Button>
        )
      }
    >
      {shown.length === 0 ? (
        <Notice title={say("noLines")} />
      ) : (
        <Lines lines={shown} onLine={line === undefined ? onLine : undefined} />
      )}
      {lines.totalCount > all.length && (
        <p className={style.sum}>{say("linesShown", { shown: all.length, total: lines.totalCount })}</p>
      )}
      {own && <AddUp line={own} sum={sums[0]} />}
    </Panel>
  );
};

interface LinesGiven {
  readonly lines: readonly UsageLine[];
  readonly onLine: Given["onLine"] | undefined;
}

const Lines = ({ lines, onLine }: LinesGiven) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const { money } = useMoney();
  const columns: readonly TableColumn<UsageLine>[] = [
    {
      id: "line",
      title: say("line"),
      cell: ({ position, description, usage }) =>
        `${position ?? ""} ${description}${usage?.late === true ? ` (${say("late")})` : ""}`,
    },
    { id: "account", title: say("account"), cell: ({ account }) => account?.identifier },
    { id: "first", title: say("firstDay"), cell: ({ from }) => day(from) },
    { id: "last", title: say("lastDay"), cell: ({ until }) => day(until) },
    { id: "calls", title: say("callsOfLine"), isNumber: true, cell: ({ usage }) => usage?.calls },
    { id: "charged", title: say("secondsOfLine"), isNumber: true, cell: ({ usage }) => usage?.chargedSeconds },
    { id: "net", title: say("net"), isNumber: true, cell: ({ net, currency }) => money(net, currency) },
    ...(onLine
      ? [
          {
            id: "show",
            title: say("acts"),
            cell: ({ position }: UsageLine) =>
              position !== null && (
                <Button
                  kind="quiet"
                  label={say("showLineOf", { line: position })}
                  onPress={() => {
                    onLine(position);
                  }}
                >
                  {say("showLine")}
                </Button>
              ),
          },
        ]
      : []),
  ];
  return <Table label={say("line")} columns={columns} rows={lines} keyOf={({ position }) => String(position)} />;
};

/** What the calls of a line add up to, beside what it charges. */
const AddUp = ({ line, sum }: { readonly line: UsageLine; readonly sum: ListedSum | undefined }) => {
  const say = useSay({ en, it });
  const { money } = useMoney();
  if (!sum || sum.currency === null || sum.billedAmount === null || sum.amount === null) return null;
  const { currency, calls, billedAmount, amount } = sum;
  return (
    <p className={style.sum}>
      {say("addUp", { calls, exact: money(billedAmount, currency), net: money(line.net, line.currency) })}{" "}
      {amount !== billedAmount && say("since", { amount: money(amount, currency) })}
    </p>
  );
};
