import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandDrawer } from "../../command/command-drawer.js";
import { useRevision } from "../../command/use-revision.js";
import { defineOffer, deleteOffer, putOfferBackOnSale, reviseOffer, withdrawOffer } from "./documents.js";
import { defineOfferInput, newOffer, offerForm, offerTerms } from "./forms.js";
import { OfferFields } from "./offer-fields.js";
import { NO_HISTORY, OFFER, type ShownOffer } from "./query.js";
import { catalogTexts } from "./texts.js";
import { useToldOffer } from "./told.js";

export const DefineOffer = ({ reload }: { readonly reload: () => void }) => {
  const say = useSay(catalogTexts);
  const [form, setForm] = useState(newOffer);
  return (
    <CommandDrawer
      title={say("defineOffer")}
      {...defineOffer}
      input={defineOfferInput(form)}
      confirm={say("define")}
      reload={reload}
    >
      <OfferFields form={form} change={setForm} isNew />
    </CommandDrawer>
  );
};

interface Given {
  readonly offer: ShownOffer;
  readonly reload: () => void;
}

export const ReviseOffer = ({ offer, reload }: Given) => {
  const say = useSay(catalogTexts);
  const { id } = offer;
  const revision = useRevision({
    shown: offer,
    formOf: offerForm,
    read: async (client) => {
      const variables = { ...NO_HISTORY, id, period: "MONTHLY" as const };
      return (await client.query(OFFER, variables).toPromise()).data?.offer ?? null;
    },
    told: useToldOffer(offer),
  });
  return (
    <CommandDrawer
      title={say("reviseNamed", { name: offer.name })}
      {...reviseOffer}
      input={revision.ask({ offerId: id }, offerTerms)}
      revision={revision}
      confirm={say("revise")}
      reload={reload}
    >
      <p>{say("reviseOfferHint")}</p>
      <OfferFields form={revision.form} change={revision.setForm} />
    </CommandDrawer>
  );
};

export const Withdraw = ({ offer: { id: offerId, name }, reload }: Given) => {
  const say = useSay(catalogTexts);
  return (
    <CommandDrawer
      title={say("withdrawNamed", { name })}
      {...withdrawOffer}
      input={{ offerId }}
      confirm={say("withdraw")}
      reload={reload}
    >
      <p>{say("withdrawHint")}</p>
    </CommandDrawer>
  );
};

export const PutBackOnSale = ({ offer: { id: offerId, name }, reload }: Given) => {
  const say = useSay(catalogTexts);
  return (
    <CommandDrawer
      title={say("putBackNamed", { name })}
      {...putOfferBackOnSale}
      input={{ offerId }}
      confirm={say("putBack")}
      reload={reload}
    >
      <p>{say("putBackHint")}</p>
    </CommandDrawer>
  );
};

/** Its page goes with it. */
export const DeleteOffer = ({ offer: { id: offerId, name } }: Pick<Given, "offer">) => {
  const say = useSay(catalogTexts);
  const navigate = useNavigate();
  return (
    <CommandDrawer
      title={say("deleteNamed", { name })}
      {...deleteOffer}
      input={{ offerId }}
      confirm={say("delete")}
      isDangerous
      onDone={() => {
        void navigate({ to: "/catalog/offers" });
      }}
    >
      <p>{say("deleteHint")}</p>
    </CommandDrawer>
  );
};
