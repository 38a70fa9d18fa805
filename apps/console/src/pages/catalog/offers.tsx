import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { SelectField } from "../../../../web/components/fields.js";
import { Tag } from "../../../../web/components/notice.js";
import { type TableColumn } from "../../../../web/components/table.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandButton } from "../../command/command-button.js";
import { useListQuery } from "../../frame/list-query.js";
import { CatalogList } from "./catalog-list.js";
import { OfferFees } from "./fees.js";
import { DefineOffer } from "./offer-commands.js";
import { type ListedOffer, OFFERS } from "./query.js";
import { type OffersSearch, readOffersSearch, STATUSES } from "./search.js";
import { catalogTexts } from "./texts.js";

/** Page 9, offers: what each costs by billing period, with and without its discount. */
export const OffersPage = () => {
  const say = useSay(catalogTexts);
  const search = useSearch({ from: "/catalog/offers" });
  const { name, status } = search;
  const navigate = useNavigate({ from: "/catalog/offers" });
  const change = (changes: OffersSearch): void => {
    void navigate({ search: (before) => readOffersSearch({ ...before, ...changes }), replace: true });
  };
  const variables = useMemo(() => ({ filter: { ...(name && { name }), ...(status && { status }) } }), [name, status]);
  const list = useListQuery({ document: OFFERS, variables, connection: ({ offers }) => offers });
  const columns: readonly TableColumn<ListedOffer>[] = [
    {
      id: "name",
      title: say("name"),
      cell: (offer) => (
        <Link to="/catalog/offers/$id" params={{ id: offer.id }}>
          {offer.name}
        </Link>
      ),
    },
    { id: "status", title: say("status"), cell: (offer) => <StatusTag status={offer.status} /> },
    { id: "fees", title: say("fees"), cell: (offer) => <OfferFees offer={offer} /> },
    {
      id: "discountPeriods",
      title: say("discountPeriods"),
      isNumber: true,
      cell: ({ discountPeriods }) => discountPeriods ?? "–",
    },
  ];
  return (
    <CatalogList
      kind="offers"
      list={list}
      columns={columns}
      actions={
        <CommandButton
          command="defineOffer"
          text={say("defineOffer")}
          kind="primary"
          drawer={<DefineOffer reload={list.reload} />}
        />
      }
      search={search}
      onName={(typed) => {
        change({ name: typed });
      }}
      onClear={() => {
        change({ name: undefined, status: undefined });
      }}
      filters={
        <SelectField
          name="status"
          label={say("status")}
          value={status ?? ""}
          none={say("anyStatus")}
          choices={STATUSES.map((value) => ({ value, text: say(value) }))}
          onChange={(chosen) => {
            change(readOffersSearch({ name, status: chosen === "" ? undefined : chosen }));
          }}
        />
      }
    />
  );
};

export const StatusTag = ({ status }: Pick<ListedOffer, "status">) => {
  const say = useSay(catalogTexts);
  return <Tag tone={status === "ON_SALE" ? "good" : "neutral"}>{say(status)}</Tag>;
};
