import { useParams } from "@tanstack/react-router";
import { Fact, Facts } from "../../../../web/components/facts.js";
import { useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandButton } from "../../command/command-button.js";
import { usePageQuery } from "../../frame/page-query.js";
import { CatalogItem, useHistoryAsked } from "./catalog-item.js";
import { PeriodFees } from "./fees.js";
import { RevisePlan } from "./plan-commands.js";
import { PLAN, type ShownPlan } from "./query.js";
import { catalogTexts } from "./texts.js";

/** Page 9, a plan: what rows of offers take their fees and their penalty from. */
export const PlanPage = () => {
  const say = useSay(catalogTexts);
  const { id } = useParams({ from: "/catalog/plans/$id" });
  const page = usePageQuery(PLAN, { id, ...useHistoryAsked() });
  return (
    <CatalogItem
      kind="plans"
      page={page}
      item={({ plan }) => plan}
      actions={(plan) => (
        <CommandButton
          command="revisePlan"
          text={say("revise")}
          drawer={<RevisePlan plan={plan} reload={page.reload} />}
        />
      )}
    >
      {(plan) => <PlanFacts plan={plan} />}
    </CatalogItem>
  );
};

const PlanFacts = ({ plan }: { readonly plan: ShownPlan }) => {
  const say = useSay(catalogTexts);
  const { money } = useMoney();
  const { currency, recurringFees, minimumPeriods, penalty, penaltyAmount, prorateFirst, prorateLast } = plan;
  return (
    <Facts>
      <Fact name={say("fees")}>
        <PeriodFees fees={recurringFees} currency={currency} />
      </Fact>
      <Fact name={say("currency")}>{currency}</Fact>
      <Fact name={say("minimumPeriods")}>{minimumPeriods ?? say("noMinimum")}</Fact>
      <Fact name={say("penalty")}>
        {penaltyAmount === null
          ? say(penalty)
          : say("fixedOf", { penalty: say(penalty), amount: money(penaltyAmount, currency) })}
      </Fact>
      <Fact name={say("firstPeriod")}>{say(prorateFirst ? "byDays" : "whole")}</Fact>
      <Fact name={say("lastPeriod")}>{say(prorateLast ? "byDays" : "whole")}</Fact>
    </Facts>
  );
};
