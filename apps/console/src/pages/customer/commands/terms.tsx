import { useState } from "react";
import { useQuery } from "urql";
import { DateField, MoneyField, ReasonField, SelectField, TextField } from "../../../../../web/components/fields.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { filled, textOf } from "../../../command/filled.js";
import { CLASSES } from "../query.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { CustomerCommand, type Site } from "./command.js";
import { changeCreditLimit, setCustomerClass, setSubscriptionDiscountRate } from "./documents.js";

/** The class whose rules it follows. */
export const SetClass = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const [{ data }] = useQuery({ query: CLASSES });
  const [classId, setClass] = useState(at.customer.customerClass?.id ?? "");
  const [effectiveOn, setDay] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  return (
    <CustomerCommand
      at={at}
      title={say("setClass")}
      command={setCustomerClass}
      input={{
        ...{ customerId: at.customer.id, customerClassId: classId === "" ? null : classId },
        ...filled({ effectiveOn, reason }),
      }}
    >
      <SelectField
        name="customerClassId"
        label={say("class")}
        value={classId}
        none={say("noClass")}
        choices={data?.customerClasses.edges.map(({ node: { id, name } }) => ({ value: id, text: name })) ?? []}
        onChange={setClass}
      />
      <DateField
        name="effectiveOn"
        label={say("firstDay")}
        hint={say("todayHint")}
        value={effectiveOn}
        onChange={setDay}
      />
      <ReasonField label={say("reason")} hint={say("reasonHint")} value={reason} onChange={setReason} />
    </CustomerCommand>
  );
};

/** A rate on its subscription fees, in place of its commitments' discounts. */
export const SetRate = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const [typed, setTyped] = useState(at.customer.subscriptionDiscountRate ?? "");
  const [effectiveOn, setDay] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  return (
    <CustomerCommand
      at={at}
      title={say("setRate")}
      command={setSubscriptionDiscountRate}
      input={{
        ...{ customerId: at.customer.id, rate: textOf(typed.replace(",", ".")) },
        ...filled({ effectiveOn, reason }),
      }}
    >
      <TextField name="rate" label={say("ratePercent")} hint={say("rateHint")} value={typed} onChange={setTyped} />
      <DateField
        name="effectiveOn"
        label={say("firstDay")}
        hint={say("todayHint")}
        value={effectiveOn}
        onChange={setDay}
      />
      <ReasonField label={say("reason")} hint={say("reasonHint")} value={reason} onChange={setReason} />
    </CustomerCommand>
  );
};

export const ChangeLimit = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const [creditLimit, setLimit] = useState<string | null>(at.customer.creditLimit);
  return (
    <CustomerCommand
      at={at}
      title={say("changeLimit")}
      command={changeCreditLimit}
      input={creditLimit === null ? null : { customerId: at.customer.id, creditLimit }}
    >
      <MoneyField
        name="creditLimit"
        label={say("creditLimit")}
        currency={at.customer.currency}
        value={creditLimit}
        onChange={setLimit}
        isRequired
      />
    </CustomerCommand>
  );
};
