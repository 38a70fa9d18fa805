import { Panel } from "../../../../web/components/panel.js";
import { Table } from "../../../../web/components/table.js";
import { useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { type Commitment } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** The terms in force: fees by billing period type, discounts, one-time fees, and what an early end costs. */
export const TermsPanel = ({ commitment: { terms } }: { readonly commitment: Commitment }) => {
  const say = useSay({ en, it });
  const { money } = useMoney();
  const amount = (text: string) => money(text, terms.currency);
  return (
    <Panel title={say("terms")}>
      {terms.recurring.length > 0 && (
        <Table
          label={say("recurring")}
          rows={terms.recurring}
          keyOf={({ rowId }) => rowId}
          columns={[
            { id: "description", title: say("recurring"), cell: ({ description }) => description },
            {
              id: "fee",
              title: say("fee"),
              isNumber: true,
              cell: ({ fees }) =>
                fees.map((fee) => (
                  <div key={fee.period}>
                    {amount(fee.amount)} {say(fee.period)}
                  </div>
                )),
            },
            { id: "discount", title: say("discount"), isNumber: true, cell: ({ discount }) => amount(discount) },
          ]}
        />
      )}
      {terms.oneTime.length > 0 && (
        <Table
          label={say("oneTime")}
          rows={terms.oneTime.map((fee, at) => ({ ...fee, at }))}
          keyOf={({ at }) => String(at)}
          columns={[
            { id: "description", title: say("oneTime"), cell: ({ description }) => description },
            { id: "fee", title: say("oneTimeFee"), isNumber: true, cell: ({ fee }) => amount(fee) },
            { id: "discount", title: say("discount"), isNumber: true, cell: ({ discount }) => amount(discount) },
            { id: "net", title: say("net"), isNumber: true, cell: ({ discountedFee }) => amount(discountedFee) },
          ]}
        />
      )}
      <p>
        {terms.discountPeriods === null
          ? say("noDiscountPeriod")
          : say("discountPeriods", { count: terms.discountPeriods })}
      </p>
      <p>{say("penaltyStrategy", { strategy: say(terms.penalty) })}</p>
      <p>{say("transferFee", { fee: amount(terms.transferFee) })}</p>
    </Panel>
  );
};
