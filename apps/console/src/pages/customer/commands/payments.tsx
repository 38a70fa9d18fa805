import { useState } from "react";
import { DateField, MoneyField, ReasonField, SelectField, TextField } from "../../../../../web/components/fields.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { filled } from "../../../command/filled.js";
import { type Payment } from "../query.js";
import { en } from "../texts.en.js";
import { it } from "../texts.it.js";
import { CustomerCommand, type Site } from "./command.js";
import { issueGoodwillCredit, recordPayment, recordRefund, reversePayment } from "./documents.js";

type Method = Payment["method"];

const METHODS: readonly Method[] = ["BANK_TRANSFER", "DIRECT_DEBIT", "CARD", "CASH", "CHEQUE", "OTHER"];

interface Chosen {
  readonly value: Method;
  readonly onChange: (method: Method) => void;
}

const MethodField = ({ value, onChange }: Chosen) => {
  const say = useSay({ en, it });
  return (
    <SelectField
      name="method"
      label={say("method")}
      value={value}
      choices={METHODS.map((method) => ({ value: method, text: say(method) }))}
      onChange={(method) => {
        onChange(method as Method);
      }}
    />
  );
};

/** Money that came. What is due is filled in. */
export const RecordPayment = ({ at }: { readonly at: Site }) => {
  const say = useSay({ en, it });
  const { id, balanceDue, currency } = at.customer;
  const [amount, setAmount] = useState<string | null>(/^[\d.]*[1-9]/.test(balanceDue) ? balanceDue : null);
  const [method, setMethod] = useState<Method>("BANK_TRANSFER");
  const [reference, setReference] = useState("");
  const [valueOn, setDay] = useState<string | null>(null);
  const [note, setNote] = useState("");
  return (
    <CustomerCommand
      at={at}
      title={say("recordPayment")}
      command={recordPayment}
      input={amount === null ? null : { customerId: id, amount, method, ...filled({ reference, valueOn, note }) }}
    >
      <MoneyField
        name="amount"
        label={say("amount")}
        currency={currency}
        value={amount}
        onChange={setAmount}
        isRequired
      />
      <MethodField value={method} onChange={setMethod} />
      <TextField
        name="reference"
        label={say("reference")}
        hint={say("referenceHint")}
        value={reference}
        onChange={setReference}
      />
      <DateField name="valueOn" label={say("valueOn")} hint={say("todayHint")} value={valueOn} onChange={setDay} />
      <TextField name="note" label={say("note")} value={note} onChange={setNote} />
    </CustomerCommand>
  );
};

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
