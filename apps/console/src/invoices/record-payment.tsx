import { useState } from "react";
import { DateField, MoneyField, SelectField, TextField } from "../../../web/components/fields.js";
import { useSay } from "../../../web/texts/speech.js";
import { CommandDrawer } from "../command/command-drawer.js";
import { filled } from "../command/filled.js";
import { recordPayment } from "./documents.js";
import { methodTexts } from "./method-texts.js";
import { invoiceTexts } from "./texts.js";

export const METHODS = ["BANK_TRANSFER", "DIRECT_DEBIT", "CARD", "CASH", "CHEQUE", "OTHER"] as const;
export type Method = (typeof METHODS)[number];

interface Chosen {
  readonly value: Method;
  readonly onChange: (method: Method) => void;
}

/** How money comes or goes. */
export const MethodField = ({ value, onChange }: Chosen) => {
  const say = useSay(methodTexts);
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

interface Given {
  readonly customerId: string;
  /** ISO 4217 code. */
  readonly currency: string;
  /** What is owed, filled in as the amount where it is above zero: decimal text. */
  readonly owed: string;
  /** The invoice that it was paid for; left out: the oldest is paid first. */
  readonly invoice?: { readonly id: string; readonly number: string };
  /** Reads the page again. */
  readonly reload: () => void;
}

/** Money that came. */
export const RecordPayment = ({ customerId, currency, owed, invoice, reload }: Given) => {
  const say = useSay(invoiceTexts);
  const [amount, setAmount] = useState<string | null>(/^[\d.]*[1-9]/.test(owed) ? owed : null);
  const [method, setMethod] = useState<Method>("BANK_TRANSFER");
  const [reference, setReference] = useState("");
  const [valueOn, setDay] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const of = invoice && { invoiceId: invoice.id };
  return (
    <CommandDrawer
      title={invoice ? say("payOf", { number: invoice.number }) : say("pay")}
      {...recordPayment}
      input={amount === null ? null : { customerId, ...of, amount, method, ...filled({ reference, valueOn, note }) }}
      confirm={say("pay")}
      reload={reload}
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
    </CommandDrawer>
  );
};
