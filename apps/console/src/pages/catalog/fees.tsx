import { Link } from "@tanstack/react-router";
import { Table, type TableColumn } from "../../../../web/components/table.js";
import { useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { type BillingPeriod } from "../../frame/billing-choices.js";
import { type ListedOffer, type ShownOffer } from "./query.js";
import { catalogTexts } from "./texts.js";

interface PeriodFee {
  readonly period: BillingPeriod;
  readonly amount: string;
}

/** Fees by billing period, a line each: `20.00 a month`. */
export const PeriodFees = ({ fees, currency }: { readonly fees: readonly PeriodFee[]; readonly currency: string }) => {
  const say = useSay(catalogTexts);
  const { money } = useMoney();
  return (
    <ul>
      {fees.map(({ period, amount }) => (
        <li key={period}>{say("perPeriod", { amount: money(amount, currency), period: say(period) })}</li>
      ))}
    </ul>
  );
};

/** What an offer costs, a line for each fee and billing period: `20.00 − 5.00 = 15.00 a month`. */
export const OfferFees = ({ offer: { currency, recurringFees, oneTimeFees } }: { readonly offer: ListedOffer }) => {
  const say = useSay(catalogTexts);
  const { money } = useMoney();
  return (
    <ul>
      {recurringFees.flatMap(({ plan, addOnProduct, discount, discountedFees }, row) => {
        const of = plan?.name ?? say("unknown");
        const name =
          addOnProduct && addOnProduct.name !== of ? say("withAddOn", { plan: of, addOn: addOnProduct.name }) : of;
        return discountedFees.map(({ period, amount }) => {
          const fee = plan?.recurringFees.find((each) => each.period === period)?.amount ?? amount;
          const values = { name, fee: money(fee, currency), period: say(period) };
          return (
            <li key={`${row} ${period}`}>
              {fee === amount
                ? say("plainFee", values)
                : say("recurringFee", { ...values, discount: money(discount, currency), net: money(amount, currency) })}
            </li>
          );
        });
      })}
      {oneTimeFees.map(({ description, fee, discount, discountedFee }, row) => {
        const values = { name: description, fee: money(fee, currency) };
        return (
          <li key={`once ${row}`}>
            {fee === discountedFee
              ? say("plainOneTimeFee", values)
              : say("oneTimeFee", {
                  ...values,
                  ...{ discount: money(discount, currency), net: money(discountedFee, currency) },
                })}
          </li>
        );
      })}
    </ul>
  );
};

interface RecurringRow {
  readonly key: string;
  readonly plan: ShownOffer["recurringFees"][number]["plan"];
  readonly addOnProduct: ShownOffer["recurringFees"][number]["addOnProduct"];
  readonly period: BillingPeriod;
  readonly fee: string | null;
  readonly discount: string;
  readonly net: string;
}

/** The recurring fees of an offer, a row for each and each billing period that its plan can be sold for. */
export const RecurringFees = ({ offer: { currency, recurringFees } }: { readonly offer: ShownOffer }) => {
  const say = useSay(catalogTexts);
  const { money } = useMoney();
  const rows = recurringFees.flatMap(({ plan, addOnProduct, discount, discountedFees }, row) =>
    discountedFees.map(({ period, amount }): RecurringRow => {
      const fee = plan?.recurringFees.find((each) => each.period === period)?.amount ?? null;
      return { key: `${row} ${period}`, plan, addOnProduct, period, fee, discount, net: amount };
    }),
  );
  const columns: readonly TableColumn<RecurringRow>[] = [
    {
      id: "plan",
      title: say("plan"),
      cell: ({ plan }) =>
        plan ? (
          <Link to="/catalog/plans/$id" params={{ id: plan.id }}>
            {plan.name}
          </Link>
        ) : (
          say("unknown")
        ),
    },
    {
      id: "addOn",
      title: say("addOn"),
      cell: ({ addOnProduct }) =>
        addOnProduct && (
          <Link to="/catalog/add-on-products/$id" params={{ id: addOnProduct.id }}>
            {addOnProduct.name}
          </Link>
        ),
    },
    { id: "period", title: say("billingPeriod"), cell: ({ period }) => say(period) },
    { id: "fee", title: say("fee"), isNumber: true, cell: ({ fee }) => fee !== null && money(fee, currency) },
    { id: "discount", title: say("discount"), isNumber: true, cell: ({ discount }) => money(discount, currency) },
    { id: "net", title: say("afterDiscount"), isNumber: true, cell: ({ net }) => money(net, currency) },
  ];
  return <Table label={say("recurringFees")} columns={columns} rows={rows} keyOf={({ key }) => key} />;
};

type OneTimeFee = ShownOffer["oneTimeFees"][number];

export const OneTimeFees = ({ offer: { currency, oneTimeFees } }: { readonly offer: ShownOffer }) => {
  const say = useSay(catalogTexts);
  const { money } = useMoney();
  const columns: readonly TableColumn<OneTimeFee & { readonly row: number }>[] = [
    { id: "description", title: say("description"), cell: ({ description }) => description },
    { id: "service", title: say("service"), cell: ({ service }) => service },
    { id: "fee", title: say("fee"), isNumber: true, cell: ({ fee }) => money(fee, currency) },
    { id: "discount", title: say("discount"), isNumber: true, cell: ({ discount }) => money(discount, currency) },
    {
      ...{ id: "net", title: say("afterDiscount"), isNumber: true },
      cell: ({ discountedFee }) => money(discountedFee, currency),
    },
  ];
  const rows = oneTimeFees.map((fee, row) => ({ ...fee, row }));
  return <Table label={say("oneTimeFees")} columns={columns} rows={rows} keyOf={({ row }) => String(row)} />;
};
