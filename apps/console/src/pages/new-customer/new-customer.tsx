import { Link, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import {
  type Choice,
  FieldGroup,
  MoneyField,
  NumberField,
  SelectField,
  TextField,
} from "../../../../web/components/fields.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandForm } from "../../command/command-form.js";
import { BILLING_PERIODS, type BillingPeriod, ZONES } from "../../frame/billing-choices.js";
import { Page } from "../../frame/page.js";
import { PageState, usePageQuery } from "../../frame/page-query.js";
import { useFrameSay } from "../../texts/frame.js";
import { another, type Form, formLike, inputOf } from "./form.js";
import { CREATE, NEW_CUSTOMER, PREVIEW } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** Page 4: a new customer. */
export const NewCustomerPage = () => {
  const say = useSay({ en, it });
  const frameSay = useFrameSay();
  const page = usePageQuery(NEW_CUSTOMER, {});
  return (
    <Page title={say("title")} above={<Link to="/customers">{frameSay("customers")}</Link>}>
      <PageState page={page} rows={8}>
        {({ customerClasses, customers }) => (
          <NewCustomer
            first={formLike(customers.edges[0]?.node)}
            customerClasses={customerClasses.edges.map(({ node: { id, name } }) => ({ value: id, text: name }))}
          />
        )}
      </PageState>
    </Page>
  );
};

const CURRENCIES = Intl.supportedValuesOf("currency");

interface Given {
  /** As the form is at first. */
  readonly first: Form;
  readonly customerClasses: readonly Choice[];
}

const NewCustomer = ({ first, customerClasses }: Given) => {
  const say = useSay({ en, it });
  const { history } = useRouter();
  // A form that is emptied is another one: what was typed goes with it.
  const [{ count, form }, setForm] = useState<{ count: number; form: Form }>({ count: 0, form: first });
  const change = (changes: Partial<Form>): void => {
    setForm((before) => ({ ...before, form: { ...before.form, ...changes } }));
  };
  const text = (field: "name" | "currency" | "email" | "phone" | "companyDomain" | "taxId" | "timeZone") => ({
    label: say(field),
    value: form[field],
    onChange: (value: string) => {
      change({ [field]: value });
    },
  });
  return (
    <CommandForm
      preview={PREVIEW}
      mutation={CREATE}
      input={inputOf(form)}
      confirm={say("create")}
      onDone={({ createCustomer }) => {
        if (createCustomer) history.push(`/customers/${createCustomer.id}`);
      }}
      another={{
        confirm: say("createAnother"),
        then: () => {
          setForm((before) => ({ count: before.count + 1, form: another(before.form) }));
        },
      }}
    >
      <FieldGroup key={count}>
        <MoneyField
          name="creditLimit"
          label={say("creditLimit")}
          hint={say("creditLimitHint")}
          currency={form.currency.trim().toUpperCase()}
          value={form.creditLimit}
          onChange={(creditLimit) => {
            change({ creditLimit });
          }}
          isRequired
        />
        <TextField name="contact.name" isRequired {...text("name")} />
        <TextField
          name="currency"
          hint={say("currencyHint")}
          suggestions={CURRENCIES}
          isRequired
          {...text("currency")}
        />
        <SelectField
          name="customerClassId"
          label={say("class")}
          value={form.classId}
          none={say("noClass")}
          choices={customerClasses}
          onChange={(classId) => {
            change({ classId });
          }}
        />
      </FieldGroup>
      <FieldGroup key={`billing ${count}`} title={say("billing")}>
        <SelectField
          name="billingPeriod"
          label={say("billingPeriod")}
          value={form.billingPeriod}
          choices={BILLING_PERIODS.map((value) => ({ value, text: say(value) }))}
          onChange={(billingPeriod) => {
            change({ billingPeriod: billingPeriod as BillingPeriod });
          }}
        />
        {form.billingPeriod === "MONTHLY_ANNIVERSARY" && (
          <NumberField
            name="anniversaryDay"
            label={say("anniversaryDay")}
            hint={say("anniversaryHint")}
            value={form.anniversaryDay}
            onChange={(anniversaryDay) => {
              change({ anniversaryDay });
            }}
          />
        )}
        <TextField name="timeZone" hint={say("timeZoneHint")} suggestions={ZONES} {...text("timeZone")} />
      </FieldGroup>
      <FieldGroup key={`contact ${count}`} title={say("contact")}>
        <TextField name="contact.email" type="email" {...text("email")} />
        <TextField name="contact.phone" type="tel" {...text("phone")} />
        <TextField name="contact.companyDomain" {...text("companyDomain")} />
        <TextField name="contact.taxId" {...text("taxId")} />
      </FieldGroup>
    </CommandForm>
  );
};
