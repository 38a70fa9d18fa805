import { FieldGroup, TextField } from "../../../../../web/components/fields.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { textOf } from "../../../command/filled.js";
import { useRevision } from "../../../command/use-revision.js";
import { type CustomerHead } from "../head.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { CustomerCommand, type Site } from "./command.js";
import { changeCustomerContact, CUSTOMER } from "./documents.js";

const FIELDS = ["name", "email", "phone", "companyDomain", "taxId"] as const;
const ADDRESS = ["street", "addition", "postalCode", "city", "region", "country"] as const;

type Form = Readonly<Record<(typeof FIELDS)[number] | (typeof ADDRESS)[number], string>>;

const formOf = ({ address, ...contact }: CustomerHead["contact"]): Form => ({
  ...{ name: contact.name, email: contact.email ?? "", phone: contact.phone ?? "" },
  ...{ companyDomain: contact.companyDomain ?? "", taxId: contact.taxId ?? "" },
  ...{ street: address?.street ?? "", addition: address?.addition ?? "", postalCode: address?.postalCode ?? "" },
  ...{ city: address?.city ?? "", region: address?.region ?? "", country: address?.country ?? "" },
});

/** Null: the form is not complete. Without a street there is no address. */
const termsOf = ({ name, email, phone, companyDomain, taxId, street, ...place }: Form) => {
  if (name.trim() === "") return null;
  const { addition, postalCode, city, region, country } = place;
  const address = {
    ...{ street: street.trim(), addition: textOf(addition), postalCode: textOf(postalCode) },
    ...{ city: textOf(city), region: textOf(region), country: textOf(country) },
  };
  return {
    ...{ name: name.trim(), email: textOf(email), phone: textOf(phone) },
    ...{ companyDomain: textOf(companyDomain), taxId: textOf(taxId) },
    address: street.trim() === "" ? null : address,
  };
};

/** Its contact: what differs of it, the address as a whole. */
export const ChangeContact = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const { id } = at.customer;
  const revision = useRevision({
    shown: at.customer.contact,
    formOf,
    read: async (client) => (await client.query(CUSTOMER, { id }).toPromise()).data?.customer?.contact ?? null,
    told: [...FIELDS, ...ADDRESS].map((field) => ({ field, name: say(field) })),
  });
  const { form, change } = revision;
  const text = (field: keyof Form) => ({
    label: say(field),
    value: form[field],
    onChange: (value: string) => {
      change({ [field]: value });
    },
  });
  return (
    <CustomerCommand
      at={at}
      title={say("changeContact")}
      command={changeCustomerContact}
      input={revision.ask({ customerId: id }, termsOf)}
      revision={revision}
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
