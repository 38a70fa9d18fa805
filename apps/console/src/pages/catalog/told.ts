import { useQuery } from "urql";
import { useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { type Told } from "../../command/use-revision.js";
import { useToldVoice } from "../../voice/use-told-voice.js";
import { ADD_ON_CHOICES, PARTS_OF_OFFERS } from "./documents.js";
import { type MainProductForm, type OfferForm, type PlanForm } from "./forms.js";
import { type ShownOffer, type ShownPlan } from "./query.js";
import { catalogTexts } from "./texts.js";

/* How changes of catalog items are told. Lists are told as a whole. */

const listed = (texts: readonly string[]): string => texts.join("; ");

export const useToldOffer = ({ currency }: ShownOffer): readonly Told<OfferForm>[] => {
  const say = useSay(catalogTexts);
  const { money } = useMoney();
  const [{ data }] = useQuery({ query: PARTS_OF_OFFERS });
  const parts = [...(data?.plans.edges ?? []), ...(data?.addOnProducts.edges ?? [])];
  const nameOf = (id: string): string => parts.find(({ node }) => node.id === id)?.node.name ?? id;
  const amount = (text: string | null): string => (text === null ? "" : money(text, currency));
  const less = (discount: string | null): string[] =>
    discount === null || Number(discount) === 0 ? [] : [`− ${money(discount, currency)}`];
  return [
    { field: "name", name: say("name") },
    { field: "description", name: say("whatItIs") },
    { field: "discountPeriods", name: say("discountPeriods") },
    { field: "transferFee", name: say("transferFee"), text: ({ transferFee }) => amount(transferFee) },
    {
      ...{ field: "recurring", name: say("recurringFees") },
      text: ({ recurring }) =>
        listed(
          recurring.map(({ planId, addOnProductId, discount }) =>
            [planId, addOnProductId]
              .filter((id) => id !== "")
              .map(nameOf)
              .concat(less(discount))
              .join(" "),
          ),
        ),
    },
    {
      ...{ field: "oneTime", name: say("oneTimeFees") },
      text: ({ oneTime }) =>
        listed(
          oneTime.map(({ description, fee, discount }) => [description, amount(fee), ...less(discount)].join(" ")),
        ),
    },
  ];
};

export const useToldPlan = ({ currency }: ShownPlan): readonly Told<PlanForm>[] => {
  const say = useSay(catalogTexts);
  const { money } = useMoney();
  const amount = (text: string | null): string => (text === null ? "" : money(text, currency));
  const whether = (is: boolean): string => (is ? say("yes") : say("no"));
  return [
    { field: "name", name: say("name") },
    {
      ...{ field: "fees", name: say("fees") },
      text: ({ fees }) => listed(fees.map((fee) => `${amount(fee.amount)} ${say(fee.period)}`)),
    },
    { field: "minimumPeriods", name: say("minimumPeriods") },
    { field: "penalty", name: say("penalty"), text: ({ penalty }) => say(penalty) },
    { field: "penaltyAmount", name: say("penaltyAmount"), text: ({ penaltyAmount }) => amount(penaltyAmount) },
    { field: "prorateFirst", name: say("prorateFirst"), text: ({ prorateFirst }) => whether(prorateFirst) },
    { field: "prorateLast", name: say("prorateLast"), text: ({ prorateLast }) => whether(prorateLast) },
  ];
};

export const useToldMainProduct = (): readonly Told<MainProductForm>[] => {
  const say = useSay(catalogTexts);
  const [{ data }] = useQuery({ query: ADD_ON_CHOICES });
  const nameOf = (id: string): string => data?.addOnProducts.edges.find(({ node }) => node.id === id)?.node.name ?? id;
  const settings = useToldVoice();
  return [
    { field: "name", name: say("name") },
    {
      ...{ field: "addOnProductIds", name: say("addOnProducts") },
      text: ({ addOnProductIds }) => listed(addOnProductIds.map(nameOf)),
    },
    {
      ...{ field: "voice", name: say("calls") },
      text: ({ voice }) =>
        voice.givesCalls
          ? listed([
              say("givesCallsBox"),
              ...settings.flatMap(({ field, name, text }) => {
                const said = text ? text(voice.settings) : String(voice.settings[field] ?? "");
                return said === "" || (field === "transport" && voice.settings.host === "") ? [] : [`${name}: ${said}`];
              }),
            ])
          : say("givesNoCalls"),
    },
  ];
};
