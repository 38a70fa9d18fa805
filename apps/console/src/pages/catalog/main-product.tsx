import { Link, useParams } from "@tanstack/react-router";
import { Panel } from "../../../../web/components/panel.js";
import { Table, type TableColumn } from "../../../../web/components/table.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandButton } from "../../command/command-button.js";
import { usePageQuery } from "../../frame/page-query.js";
import { CatalogItem, useHistoryAsked } from "./catalog-item.js";
import { ReviseMainProduct } from "./product-commands.js";
import { MAIN_PRODUCT, type ShownMainProduct } from "./query.js";
import { catalogTexts } from "./texts.js";
import { VoicePart } from "./voice-part.js";

/** Page 9, a main product: how it gives calls, and the add-on products that are allowed with it. */
export const MainProductPage = () => {
  const say = useSay(catalogTexts);
  const { id } = useParams({ from: "/catalog/main-products/$id" });
  const page = usePageQuery(MAIN_PRODUCT, { id, ...useHistoryAsked() });
  return (
    <CatalogItem
      kind="mainProducts"
      page={page}
      item={({ mainProduct }) => mainProduct}
      actions={(product) => (
        <CommandButton
          command="reviseMainProduct"
          text={say("revise")}
          drawer={<ReviseMainProduct product={product} reload={page.reload} />}
        />
      )}
    >
      {({ addOnProducts, voice }) => (
        <>
          <VoicePart voice={voice} />
          <Panel title={say("addOnProducts")}>
            {addOnProducts.length === 0 ? <p>{say("noAddOns")}</p> : <AddOns addOnProducts={addOnProducts} />}
          </Panel>
        </>
      )}
    </CatalogItem>
  );
};

type AddOn = ShownMainProduct["addOnProducts"][number];

const AddOns = ({ addOnProducts }: Pick<ShownMainProduct, "addOnProducts">) => {
  const say = useSay(catalogTexts);
  const columns: readonly TableColumn<AddOn>[] = [
    {
      id: "name",
      title: say("name"),
      cell: ({ id, name }) => (
        <Link to="/catalog/add-on-products/$id" params={{ id }}>
          {name}
        </Link>
      ),
    },
    { id: "service", title: say("service"), cell: ({ service }) => service },
    { id: "quota", title: say("quota"), cell: ({ quota }) => quota },
  ];
  return <Table label={say("addOnProducts")} columns={columns} rows={addOnProducts} keyOf={({ id }) => id} />;
};
