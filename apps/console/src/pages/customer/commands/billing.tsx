import { NumberField, SelectField, TextField } from "../../../../../web/components/fields.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { bound } from "../../../command/bound.js";
import { useRevision } from "../../../command/use-revision.js";
import { BILLING_PERIODS, type BillingPeriod, ZONES } from "../../../frame/billing-choices.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { type CustomerHead } from "../head.js";
import { CustomerCommand, type Site } from "./command.js";
import { changeCustomerBilling, CUSTOMER } from "./documents.js";

interface Form {
  readonly billingPeriod: BillingPeriod;
  readonly anniversaryDay: number | null;
  readonly timeZone: string;
}

/** As it was ordered last, be it in force or not. */
const formOf = (customer: CustomerHead): Form => {
  const { billingPeriod, anniversaryDay, timeZone } = customer.nextBilling ?? customer;
  return { billingPeriod, anniversaryDay, timeZone };
};

/** Null: the form is not complete. */
const termsOf = ({ billingPeriod, anniversaryDay, timeZone }: Form) =>
  timeZone.trim() === ""
    ? null
    : {
        ...{ billingPeriod, timeZone: timeZone.trim() },
        ...(billingPeriod === "MONTHLY_ANNIVERSARY" && anniversaryDay !== null && { anniversaryDay }),
      };

/** How its billing periods are cut, from the end of the running one on. */
export const ChangeBilling = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const { id } = at.customer;
  const revision = useRevision({
    shown: at.customer,
    formOf,
    read: async (client) => (await client.query(CUSTOMER, { id }).toPromise()).data?.customer ?? null,
    told: [
      { field: "billingPeriod", name: say("billingPeriod"), text: ({ billingPeriod }) => say(billingPeriod) },
      { field: "anniversaryDay", name: say("anniversaryDay") },
      { field: "timeZone", name: say("timeZone") },
    ],
  });
  const of = bound(revision.form, revision.change);
  return (
    <CustomerCommand
      at={at}
      title={say("changeBilling")}
      command={changeCustomerBilling}
      input={revision.ask({ customerId: id }, termsOf)}
      revision={revision}
    >
      <SelectField
        {...of("billingPeriod")}
        label={say("billingPeriod")}
        hint={say("billingHint")}
        choices={BILLING_PERIODS.map((value) => ({ value, text: say(value) }))}
        onChange={(value) => {
          revision.change({ billingPeriod: value as BillingPeriod });
        }}
      />
      {revision.form.billingPeriod === "MONTHLY_ANNIVERSARY" && (
        <NumberField {...of("anniversaryDay")} label={say("anniversaryDay")} />
      )}
      <TextField {...of("timeZone")} label={say("timeZone")} suggestions={ZONES} />
    </CustomerCommand>
  );
};
