import { useState } from "react";
import { useQuery } from "urql";
import { DateField, ReasonField, SelectField } from "../../../../web/components/fields.js";
import { failureOf } from "../../../../web/failure.js";
import { useDates } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandDrawer } from "../../command/command-drawer.js";
import {
  CHANGE_MAIN_PRODUCT,
  CLOSE,
  MAIN_PRODUCTS,
  PREVIEW_CLOSE,
  PREVIEW_MAIN_PRODUCT,
  type ShownAccount,
} from "./query.js";
import { Failed } from "../../refusal/failed.js";
import { accountTexts } from "./texts.js";

interface Given {
  readonly account: ShownAccount;
  readonly reload: () => void;
}

export const ChangeMainProductDrawer = ({ account: { id: accountId, mainProduct }, reload }: Given) => {
  const say = useSay(accountTexts);
  const [mainProductId, choose] = useState("");
  const [{ data, error }] = useQuery({ query: MAIN_PRODUCTS, variables: {} });
  const others = data?.mainProducts.edges.filter(({ node }) => node.id !== mainProduct?.id) ?? [];
  return (
    <CommandDrawer
      title={say("changeMainProduct")}
      preview={PREVIEW_MAIN_PRODUCT}
      mutation={CHANGE_MAIN_PRODUCT}
      input={mainProductId === "" ? null : { accountId, mainProductId }}
      confirm={say("change")}
      reload={reload}
    >
      {error && <Failed failure={failureOf(error)} />}
      <SelectField
        name="mainProductId"
        label={say("mainProduct")}
        value={mainProductId}
        choices={others.map(({ node }) => ({ value: node.id, text: node.name }))}
        onChange={choose}
        isRequired
      />
    </CommandDrawer>
  );
};

export const CloseAccountDrawer = ({ account: { id: accountId, customer }, reload }: Given) => {
  const say = useSay(accountTexts);
  const { day } = useDates();
  const [effectiveOn, setDay] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  return (
    <CommandDrawer
      title={say("closeAccount")}
      preview={PREVIEW_CLOSE}
      mutation={CLOSE}
      input={{ accountId, ...(effectiveOn !== null && { effectiveOn }), ...(reason.trim() !== "" && { reason }) }}
      confirm={say("close")}
      isDangerous
      reload={reload}
    >
      <DateField
        name="effectiveOn"
        label={say("lastDay")}
        value={effectiveOn}
        onChange={setDay}
        {...(customer && { hint: say("effectiveHint", { day: day(customer.today) }) })}
      />
      <ReasonField label={say("reason")} hint={say("reasonOfDay")} value={reason} onChange={setReason} />
    </CommandDrawer>
  );
};
