import { useState } from "react";
import { NumberField, SelectField, TextField } from "../../../../../web/components/fields.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { BILLING_PERIODS, type BillingPeriod, ZONES } from "../../../frame/billing-choices.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { CustomerCommand, type Site } from "./command.js";
import { changeCustomerBilling } from "./documents.js";

/** How its billing periods are cut, from the end of the running one on. */
export const ChangeBilling = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const { customer } = at;
  const [billingPeriod, setPeriod] = useState<BillingPeriod>(customer.billingPeriod);
  const [anniversaryDay, setAnniversary] = useState<number | null>(customer.anniversaryDay);
  const [timeZone, setZone] = useState(customer.timeZone);
  const isAnniversary = billingPeriod === "MONTHLY_ANNIVERSARY";
  return (
    <CustomerCommand
      at={at}
      title={say("changeBilling")}
      command={changeCustomerBilling}
      input={
        timeZone.trim() === ""
          ? null
          : {
              ...{ customerId: customer.id, billingPeriod, timeZone: timeZone.trim() },
              ...(isAnniversary && anniversaryDay !== null && { anniversaryDay }),
            }
      }
    >
      <SelectField
        name="billingPeriod"
        label={say("billingPeriod")}
        hint={say("billingHint")}
        value={billingPeriod}
        choices={BILLING_PERIODS.map((value) => ({ value, text: say(value) }))}
        onChange={(value) => {
          setPeriod(value as BillingPeriod);
        }}
      />
      {isAnniversary && (
        <NumberField
          name="anniversaryDay"
          label={say("anniversaryDay")}
          value={anniversaryDay}
          onChange={setAnniversary}
        />
      )}
      <TextField name="timeZone" label={say("timeZone")} suggestions={ZONES} value={timeZone} onChange={setZone} />
    </CustomerCommand>
  );
};
