import { useState } from "react";
import { MoneyField, ReasonField, TextField } from "../../../../../web/components/fields.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { filled } from "../../../command/filled.js";
import { type Method, MethodField, RecordPayment as RecordPaymentDrawer } from "../../../invoices/record-payment.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { CustomerCommand, type Site } from "./command.js";
import { issueGoodwillCredit, recordRefund, reversePayment } from "./documents.js";

/** Money that came. What is due is filled in. */
export const RecordPayment = ({ at: { customer, reload } }: { readonly at: Site }) => (
  <RecordPaymentDrawer
    customerId={customer.id}
    currency={customer.currency}
    owed={customer.balanceDue}
    reload={reload}
  />
);

/** Unused balance that was paid back. */
export const RecordRefund = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const [amount, setAmount] = useState<string | null>(null);
  const [method, setMethod] = useState<Method>("BANK_TRANSFER");
  const [reference, setReference] = useState("");
  const [reason, setReason] = useState("");
  return (
    <CustomerCommand
      at={at}
      title={say("recordRefund")}
      command={recordRefund}
      input={amount === null ? null : { customerId: at.customer.id, amount, method, ...filled({ reference, reason }) }}
    >
      <MoneyField
        name="amount"
        label={say("amount")}
        currency={at.customer.currency}
        value={amount}
        onChange={setAmount}
        isRequired
      />
      <MethodField value={method} onChange={setMethod} />
      <TextField name="reference" label={say("reference")} value={reference} onChange={setReference} />
      <ReasonField label={say("reason")} value={reason} onChange={setReason} />
    </CustomerCommand>
  );
};

interface OfPayment {
  readonly at: Site;
  readonly paymentId: string;
}

/** Takes a payment back, e.g. a debit that bounced. */
export const ReversePayment = ({ at, paymentId }: OfPayment) => {
  const say = useSay({ en, it });
  const [reason, setReason] = useState("");
  return (
    <CustomerCommand
      at={at}
      title={say("reversePayment")}
      command={reversePayment}
      input={reason.trim() === "" ? null : { paymentId, reason }}
      isDangerous
    >
      <ReasonField label={say("reason")} value={reason} onChange={setReason} isRequired />
    </CustomerCommand>
  );
};

/** A credit note over an amount, without lines. */
export const GoodwillCredit = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const [amount, setAmount] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  return (
    <CustomerCommand
      at={at}
      title={say("goodwillCredit")}
      command={issueGoodwillCredit}
      input={amount === null || reason.trim() === "" ? null : { customerId: at.customer.id, amount, reason }}
    >
      <MoneyField
        name="amount"
        label={say("amount")}
        currency={at.customer.currency}
        value={amount}
        onChange={setAmount}
        isRequired
      />
      <ReasonField label={say("reason")} hint={say("reasonOnCredit")} value={reason} onChange={setReason} isRequired />
    </CustomerCommand>
  );
};
