import { useState } from "react";
import { useQuery } from "urql";
import { CheckboxField, FieldGroup, SelectField, TextField } from "../../../../web/components/fields.js";
import { failureOf } from "../../../../web/failure.js";
import { useSay } from "../../../../web/texts/speech.js";
import { bound } from "../../command/bound.js";
import { CommandDrawer } from "../../command/command-drawer.js";
import { filled, textOf } from "../../command/filled.js";
import { useRevision } from "../../command/use-revision.js";
import {
  ADD_ON_CHOICES,
  defineAddOnProduct,
  defineMainProduct,
  VOLUME_DISCOUNT_PLAN_CHOICES,
  reviseMainProduct,
} from "./documents.js";
import { Failed } from "../../refusal/failed.js";
import { definedVoice, mainProductForm, mainProductTerms, productVoice } from "./forms.js";
import { MAIN_PRODUCT, NO_HISTORY, type ShownMainProduct } from "./query.js";
import { catalogTexts } from "./texts.js";
import { useToldMainProduct } from "./told.js";
import { VoicePartFields } from "./voice-part.js";

interface Reloading {
  readonly reload: () => void;
}

export const DefineAddOnProduct = ({ reload }: Reloading) => {
  const say = useSay(catalogTexts);
  const [{ data, error }] = useQuery({ query: VOLUME_DISCOUNT_PLAN_CHOICES });
  const [name, setName] = useState("");
  const [service, setService] = useState("");
  const [quota, setQuota] = useState("");
  const [volumeDiscountPlanId, setPlan] = useState("");
  const [voice, setVoice] = useState(() => productVoice(null));
  const [named, ofService] = [textOf(name), textOf(service)];
  return (
    <CommandDrawer
      title={say("defineAddOnProduct")}
      {...defineAddOnProduct}
      input={
        named !== null && ofService !== null
          ? {
              ...{ name: named, service: ofService, ...filled({ quota: textOf(quota), volumeDiscountPlanId }) },
              ...definedVoice(voice),
            }
          : null
      }
      confirm={say("define")}
      reload={reload}
    >
      {error && <Failed failure={failureOf(error)} />}
      <FieldGroup>
        <TextField name="name" label={say("name")} value={name} onChange={setName} isRequired />
        <TextField
          name="service"
          label={say("service")}
          hint={say("serviceHint")}
          value={service}
          onChange={setService}
          isRequired
        />
        <TextField name="quota" label={say("quota")} hint={say("quotaTextHint")} value={quota} onChange={setQuota} />
        <SelectField
          name="volumeDiscountPlanId"
          label={say("volumeDiscountPlan")}
          value={volumeDiscountPlanId}
          none={say("noVolumeDiscountPlan")}
          choices={data?.volumeDiscountPlans.edges.map(({ node }) => ({ value: node.id, text: node.name })) ?? []}
          onChange={setPlan}
        />
      </FieldGroup>
      <VoicePartFields value={voice} change={setVoice} />
    </CommandDrawer>
  );
};

export const DefineMainProduct = ({ reload }: Reloading) => {
  const say = useSay(catalogTexts);
  const [name, setName] = useState("");
  const [addOnProductIds, setAddOns] = useState<readonly string[]>([]);
  const [voice, setVoice] = useState(() => productVoice(null));
  const named = textOf(name);
  return (
    <CommandDrawer
      title={say("defineMainProduct")}
      {...defineMainProduct}
      input={named === null ? null : { name: named, addOnProductIds: [...addOnProductIds], ...definedVoice(voice) }}
      confirm={say("define")}
      reload={reload}
    >
      <TextField name="name" label={say("name")} value={name} onChange={setName} isRequired />
      <AddOnFields chosen={addOnProductIds} change={setAddOns} />
      <VoicePartFields value={voice} change={setVoice} />
    </CommandDrawer>
  );
};

export const ReviseMainProduct = ({ product, reload }: Reloading & { readonly product: ShownMainProduct }) => {
  const say = useSay(catalogTexts);
  const { id } = product;
  const revision = useRevision({
    shown: product,
    formOf: mainProductForm,
    read: async (client) =>
      (await client.query(MAIN_PRODUCT, { ...NO_HISTORY, id }).toPromise()).data?.mainProduct ?? null,
    told: useToldMainProduct(),
  });
  const { form, change } = revision;
  return (
    <CommandDrawer
      title={say("reviseNamed", { name: product.name })}
      {...reviseMainProduct}
      input={revision.ask({ mainProductId: id }, mainProductTerms)}
      revision={revision}
      confirm={say("revise")}
      reload={reload}
    >
      <p>{say("reviseMainProductHint")}</p>
      <TextField {...bound(form, change)("name")} label={say("name")} isRequired />
      <AddOnFields
        chosen={form.addOnProductIds}
        change={(addOnProductIds) => {
          change({ addOnProductIds });
        }}
      />
      <VoicePartFields
        value={form.voice}
        change={(voice) => {
          change({ voice });
        }}
      />
    </CommandDrawer>
  );
};

interface AddOns {
  /** Ids, in the order in which they were chosen. */
  readonly chosen: readonly string[];
  readonly change: (chosen: readonly string[]) => void;
}

/** The add-on products that are allowed, a box each. */
const AddOnFields = ({ chosen, change }: AddOns) => {
  const say = useSay(catalogTexts);
  const [{ data, error }] = useQuery({ query: ADD_ON_CHOICES });
  return (
    <FieldGroup title={say("addOnProducts")}>
      {error && <Failed failure={failureOf(error)} />}
      {data?.addOnProducts.edges.map(({ node: { id, name } }) => (
        <CheckboxField
          key={id}
          name="addOnProductIds"
          label={name}
          value={chosen.includes(id)}
          onChange={(isChosen) => {
            change(isChosen ? [...chosen, id] : chosen.filter((each) => each !== id));
          }}
        />
      ))}
    </FieldGroup>
  );
};
