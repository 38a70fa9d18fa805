import { Link } from "@tanstack/react-router";
import { type ResultOf } from "gql.tada";
import { type ReactNode } from "react";
import { Notice } from "../../../../web/components/notice.js";
import { Panel } from "../../../../web/components/panel.js";
import { useSay, useSpeech } from "../../../../web/texts/speech.js";
import { type HISTORY_ENTRIES, HistoryEntries } from "../../frame/history-entries.js";
import { Page } from "../../frame/page.js";
import { PageState, type PageQuery } from "../../frame/page-query.js";
import { isAllowed, useViewer } from "../../session/viewer.js";
import { useFrameSay } from "../../texts/frame.js";
import { type Kind } from "./catalog-list.js";
import { catalogTexts } from "./texts.js";

const LISTS = {
  offers: "/catalog/offers",
  plans: "/catalog/plans",
  addOnProducts: "/catalog/add-on-products",
  mainProducts: "/catalog/main-products",
  volumeDiscountPlans: "/catalog/volume-discount-plans",
} as const satisfies Record<Kind, string>;

/** What the query of every item's page takes: the language of its history, and whether the viewer sees that. */
export const useHistoryAsked = () => {
  const viewer = useViewer();
  const { language } = useSpeech();
  return {
    language: language === "it" ? ("IT" as const) : ("EN" as const),
    history: isAllowed(viewer, { query: "history" }),
  };
};

interface Item {
  readonly id: string;
  readonly name: string;
  readonly history?: ResultOf<typeof HISTORY_ENTRIES> | undefined;
}

interface Given<Data, Shown extends Item> {
  readonly kind: Kind;
  readonly page: PageQuery<Data>;
  /** Of what the query answered; null: it is not there. */
  readonly item: (data: Data) => Shown | null;
  readonly beside?: (item: Shown) => ReactNode;
  readonly actions?: (item: Shown) => ReactNode;
  readonly children: (item: Shown, data: Data) => ReactNode;
}

/** The page of an item of the catalog: what it is, and what happened to it. */
export const CatalogItem = <Data, Shown extends Item>(given: Given<Data, Shown>) => {
  const { kind, page, beside, actions, children } = given;
  const say = useSay(catalogTexts);
  const frameSay = useFrameSay();
  const item = page.data === undefined ? null : given.item(page.data);
  const above = <Link to={LISTS[kind]}>{say(kind)}</Link>;
  if (!item) {
    return (
      <Page title={say(kind)} above={above}>
        <PageState page={page} rows={8}>
          {() => <Notice title={frameSay("notFound")}>{frameSay("notFoundHint")}</Notice>}
        </PageState>
      </Page>
    );
  }
  return (
    <Page title={item.name} above={above} beside={beside?.(item)} actions={actions?.(item)}>
      <PageState page={page}>{(data) => children(item, data)}</PageState>
      {item.history && (
        <Panel title={say("history")}>
          <HistoryEntries history={item.history} zone="UTC" />
        </Panel>
      )}
    </Page>
  );
};
