import { Link, useParams } from "@tanstack/react-router";
import { Fact, Facts } from "../../../../web/components/facts.js";
import { Panel } from "../../../../web/components/panel.js";
import { useSay } from "../../../../web/texts/speech.js";
import { usePageQuery } from "../../frame/page-query.js";
import { VolumeDiscountPlanLink } from "./add-on-products.js";
import { CatalogItem, useHistoryAsked } from "./catalog-item.js";
import { ADD_ON_PRODUCT } from "./query.js";
import { catalogTexts } from "./texts.js";
import { VoicePart } from "./voice-part.js";

/** Page 9, an add-on product: its service and quota, and the main products that it is allowed with. */
export const AddOnProductPage = () => {
  const say = useSay(catalogTexts);
  const { id } = useParams({ from: "/catalog/add-on-products/$id" });
  const page = usePageQuery(ADD_ON_PRODUCT, { id, ...useHistoryAsked() });
  return (
    <CatalogItem kind="addOnProducts" page={page} item={({ addOnProduct }) => addOnProduct}>
      {({ service, quota, volumeDiscountPlan, voice }, { mainProducts }) => (
        <>
          <Facts>
            <Fact name={say("service")}>{service}</Fact>
            <Fact name={say("quota")}>{quota}</Fact>
            <Fact name={say("volumeDiscountPlan")}>
              {volumeDiscountPlan && <VolumeDiscountPlanLink plan={volumeDiscountPlan} />}
            </Fact>
          </Facts>
          <VoicePart voice={voice} />
          <Panel title={say("allowedWith")}>
            {mainProducts.edges.length === 0 && <p>{say("allowedWithNone")}</p>}
            <ul>
              {mainProducts.edges.map(({ node }) => (
                <li key={node.id}>
                  <Link to="/catalog/main-products/$id" params={{ id: node.id }}>
                    {node.name}
                  </Link>
                </li>
              ))}
            </ul>
          </Panel>
        </>
      )}
    </CatalogItem>
  );
};
