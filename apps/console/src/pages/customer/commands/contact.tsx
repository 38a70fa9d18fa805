import { useState } from "react";
import { FieldGroup, TextField } from "../../../../../web/components/fields.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { textOf } from "../../../command/filled.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { CustomerCommand, type Site } from "./command.js";
import { changeCustomerContact } from "./documents.js";

const FIELDS = ["name", "email", "phone", "companyDomain", "taxId"] as const;
const ADDRESS = ["street", "addition", "postalCode", "city", "region", "country"] as const;

type Form = Readonly<Record<(typeof FIELDS)[number] | (typeof ADDRESS)[number], string>>;

/** Its contact as a whole. Without a street there is no address. */
export const ChangeContact = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const { contact } = at.customer;
  const [form, setForm] = useState<Form>(() => {
    const { address } = contact;
    return {
      ...{ name: contact.name, email: contact.email ?? "", phone: contact.phone ?? "" },
      ...{ companyDomain: contact.companyDomain ?? "", taxId: contact.taxId ?? "" },
      ...{ street: address?.street ?? "", addition: address?.addition ?? "", postalCode: address?.postalCode ?? "" },
      ...{ city: address?.city ?? "", region: address?.region ?? "", country: address?.country ?? "" },
    };
  });
  const text = (field: keyof Form) => ({
    label: say(field),
    value: form[field],
    onChange: (value: string) => {
      setForm((before) => ({ ...before, [field]: value }));
    },
  });
  const { name, email, phone, companyDomain, taxId, street, addition, postalCode, city, region, country } = form;
  const address =
    street.trim() === ""
      ? null
      : {
          ...{ street: street.trim(), addition: textOf(addition), postalCode: textOf(postalCode) },
          ...{ city: textOf(city), region: textOf(region), country: textOf(country) },
        };
  return (
    <CustomerCommand
      at={at}
      title={say("changeContact")}
      command={changeCustomerContact}
      input={
        name.trim() === ""
          ? null
          : {
              ...{ customerId: at.customer.id, name: name.trim(), email: textOf(email), phone: textOf(phone) },
              ...{ companyDomain: textOf(companyDomain), taxId: textOf(taxId), address },
            }
      }
    >
      <FieldGroup>
        {FIELDS.map((field) => (
          <TextField key={field} name={field} isRequired={field === "name"} {...text(field)} />
        ))}
      </FieldGroup>
      <FieldGroup title={say("address")}>
        {ADDRESS.map((field) => (
          <TextField key={field} name={`address.${field}`} {...text(field)} />
        ))}
      </FieldGroup>
    </CustomerCommand>
  );
};
