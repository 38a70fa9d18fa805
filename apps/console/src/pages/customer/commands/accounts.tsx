import { useState } from "react";
import { useQuery } from "urql";
import { DateField, SelectField, TextField } from "../../../../../web/components/fields.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { filled } from "../../../command/filled.js";
import { MAIN_PRODUCTS } from "../query.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { CustomerCommand, type Site } from "./command.js";
import { openAccount } from "./documents.js";

/** A new account, with the id that people know it by. */
export const OpenAccount = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const [{ data }] = useQuery({ query: MAIN_PRODUCTS });
  const [identifier, setIdentifier] = useState("");
  const [mainProductId, setProduct] = useState("");
  const [effectiveOn, setDay] = useState<string | null>(null);
  const isComplete = identifier.trim() !== "" && mainProductId !== "";
  return (
    <CustomerCommand
      at={at}
      title={say("openAccount")}
      command={openAccount}
      input={
        isComplete
          ? {
              ...{ customerId: at.customer.id, identifier: identifier.trim(), mainProductId },
              ...filled({ effectiveOn }),
            }
          : null
      }
    >
      <TextField
        name="identifier"
        label={say("identifier")}
        hint={say("identifierHint")}
        value={identifier}
        onChange={setIdentifier}
        isRequired
      />
      <SelectField
        name="mainProductId"
        label={say("mainProduct")}
        value={mainProductId}
        choices={data?.mainProducts.edges.map(({ node: { id, name } }) => ({ value: id, text: name })) ?? []}
        onChange={setProduct}
        isRequired
      />
      <DateField
        name="effectiveOn"
        label={say("firstDay")}
        hint={say("todayHint")}
        value={effectiveOn}
        onChange={setDay}
      />
    </CustomerCommand>
  );
};
