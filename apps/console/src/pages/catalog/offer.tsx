import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { SelectField } from "../../../../web/components/fields.js";
import { Fact, Facts } from "../../../../web/components/facts.js";
import { Notice } from "../../../../web/components/notice.js";
import { Panel } from "../../../../web/components/panel.js";
import { useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandButton } from "../../command/command-button.js";
import { PriceOverTerm } from "../../drawings/price/price-over-term.js";
import { BILLING_PERIODS, type BillingPeriod } from "../../frame/billing-choices.js";
import { usePageQuery } from "../../frame/page-query.js";
import { CatalogItem, useHistoryAsked } from "./catalog-item.js";
import style from "./catalog.module.css";
import { OneTimeFees, RecurringFees } from "./fees.js";
import { DeleteOffer, PutBackOnSale, ReviseOffer, Withdraw } from "./offer-commands.js";
import { StatusTag } from "./offers.js";
import { OFFER, type ShownOffer } from "./query.js";
import { readOfferSearch } from "./search.js";
import { catalogTexts } from "./texts.js";

/** Page 9, an offer: its fees, and what it costs over the term. */
export const OfferPage = () => {
  const say = useSay(catalogTexts);
  const { id } = useParams({ from: "/catalog/offers/$id" });
  const { period = "MONTHLY" } = useSearch({ from: "/catalog/offers/$id" });
  const page = usePageQuery(OFFER, { id, period, ...useHistoryAsked() });
  return (
    <CatalogItem
      kind="offers"
      page={page}
      item={({ offer }) => offer}
      beside={({ status }) => <StatusTag status={status} />}
      actions={(offer) => <Actions offer={offer} reload={page.reload} />}
    >
      {(offer) => (
        <>
          <OfferFacts offer={offer} />
          {offer.recurringFees.length > 0 && (
            <Panel title={say("recurringFees")}>
              <RecurringFees offer={offer} />
            </Panel>
          )}
          {offer.oneTimeFees.length > 0 && (
            <Panel title={say("oneTimeFees")}>
              <OneTimeFees offer={offer} />
            </Panel>
          )}
          <Price offer={offer} period={period} />
        </>
      )}
    </CatalogItem>
  );
};

const OfferFacts = ({ offer }: { readonly offer: ShownOffer }) => {
  const say = useSay(catalogTexts);
  const { money } = useMoney();
  const { description, currency, discountPeriods, transferFee, revision } = offer;
  return (
    <Facts>
      <Fact name={say("whatItIs")}>{description}</Fact>
      <Fact name={say("currency")}>{currency}</Fact>
      <Fact name={say("discountPeriods")}>{discountPeriods ?? say("noDiscount")}</Fact>
      <Fact name={say("transferFee")}>{money(transferFee, currency)}</Fact>
      <Fact name={say("revision")}>{revision}</Fact>
    </Facts>
  );
};

/** The billing period types for which every plan of an offer has a fee. */
const soldFor = ({ recurringFees }: ShownOffer): readonly BillingPeriod[] =>
  BILLING_PERIODS.filter((period) =>
    recurringFees.every(({ plan }) =>
      // One for months serves months from the customer's own day, too (docs/rules.md#billing-periods).
      plan?.recurringFees.some(
        (fee) => fee.period === period || (period === "MONTHLY_ANNIVERSARY" && fee.period === "MONTHLY"),
      ),
    ),
  );

const Price = ({ offer, period }: { readonly offer: ShownOffer; readonly period: BillingPeriod }) => {
  const say = useSay(catalogTexts);
  const navigate = useNavigate({ from: "/catalog/offers/$id" });
  const { costs, currency } = offer;
  const sold = soldFor(offer);
  return (
    <Panel title={say("priceOverTerm")}>
      <div className={style.period}>
        <SelectField
          name="period"
          label={say("billingPeriod")}
          value={sold.includes(period) ? period : ""}
          choices={sold.map((value) => ({ value, text: say(value) }))}
          onChange={(chosen) => {
            void navigate({ search: readOfferSearch({ period: chosen }), replace: true });
          }}
        />
      </div>
      {costs ? (
        <PriceOverTerm
          costs={costs}
          currency={currency}
          perPeriod={(amount) => say("perPeriod", { amount, period: say(period) })}
        />
      ) : (
        <Notice title={say("notSold", { period: say(period) })} />
      )}
    </Panel>
  );
};

const Actions = ({ offer, reload }: { readonly offer: ShownOffer; readonly reload: () => void }) => {
  const say = useSay(catalogTexts);
  return (
    <>
      <CommandButton
        command="reviseOffer"
        text={say("revise")}
        drawer={<ReviseOffer offer={offer} reload={reload} />}
      />
      {offer.status === "ON_SALE" ? (
        <CommandButton
          command="withdrawOffer"
          text={say("withdraw")}
          drawer={<Withdraw offer={offer} reload={reload} />}
        />
      ) : (
        <CommandButton
          command="putOfferBackOnSale"
          text={say("putBack")}
          drawer={<PutBackOnSale offer={offer} reload={reload} />}
        />
      )}
      <CommandButton command="deleteOffer" text={say("delete")} kind="danger" drawer={<DeleteOffer offer={offer} />} />
    </>
  );
};
