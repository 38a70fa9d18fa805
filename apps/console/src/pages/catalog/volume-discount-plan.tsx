import { useParams } from "@tanstack/react-router";
import { Fact, Facts } from "../../../../web/components/facts.js";
import { useSay } from "../../../../web/texts/speech.js";
import { usePageQuery } from "../../frame/page-query.js";
import { CatalogItem, useHistoryAsked } from "./catalog-item.js";
import { VOLUME_DISCOUNT_PLAN } from "./query.js";
import { catalogTexts } from "./texts.js";
import { useDecimal } from "./use-decimal.js";

/** Page 9, a volume discount plan: the volume that is included, and the discounts by used volume. */
export const VolumeDiscountPlanPage = () => {
  const say = useSay(catalogTexts);
  const decimal = useDecimal();
  const { id } = useParams({ from: "/catalog/volume-discount-plans/$id" });
  const page = usePageQuery(VOLUME_DISCOUNT_PLAN, { id, ...useHistoryAsked() });
  return (
    <CatalogItem kind="volumeDiscountPlans" page={page} item={({ volumeDiscountPlan }) => volumeDiscountPlan}>
      {({ service, quota, unit, thresholds }) => (
        <Facts>
          <Fact name={say("service")}>{service}</Fact>
          <Fact name={say("quota")}>{say("volume", { volume: decimal(quota), unit })}</Fact>
          <Fact name={say("thresholds")}>
            {thresholds.length > 0 && (
              <ul>
                {thresholds.map(({ from, percent }) => (
                  <li key={from}>{say("threshold", { from: decimal(from), unit, percent: decimal(percent) })}</li>
                ))}
              </ul>
            )}
          </Fact>
        </Facts>
      )}
    </CatalogItem>
  );
};
