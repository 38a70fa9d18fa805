import { Panel } from "../../../../web/components/panel.js";
import { Table } from "../../../../web/components/table.js";
import { useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import style from "./commitment.module.css";
import { type Commitment } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** The discounts actually given, by row. */
export const LedgerPanel = ({ commitment: { discountLedger } }: { readonly commitment: Commitment }) => {
  const say = useSay({ en, it });
  const { money } = useMoney();
  if (!discountLedger || discountLedger.rows.length === 0) {
    return (
      <Panel title={say("ledger")}>
        <p>{say("ledgerEmpty")}</p>
      </Panel>
    );
  }
  const { currency, rows, issued, notIssued, total } = discountLedger;
  const column = (id: "issued" | "notIssued" | "total") => ({
    id,
    title: say(id),
    isNumber: true,
    cell: (row: (typeof rows)[number]) => money(row[id], currency),
  });
  return (
    <Panel title={say("ledger")}>
      <p className={style.hint}>{say("ledgerHint")}</p>
      <Table
        label={say("ledger")}
        rows={rows}
        keyOf={({ rowId }) => rowId}
        columns={[
          { id: "description", title: say("description"), cell: ({ description }) => description },
          column("issued"),
          column("notIssued"),
          column("total"),
        ]}
        foot={{
          description: say("total"),
          issued: money(issued, currency),
          notIssued: money(notIssued, currency),
          total: money(total, currency),
        }}
      />
    </Panel>
  );
};
