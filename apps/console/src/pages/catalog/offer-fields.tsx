import { useQuery } from "urql";
import { Button } from "../../../../web/components/button.js";
import { FieldGroup, MoneyField, NumberField, SelectField, TextField } from "../../../../web/components/fields.js";
import { Notice } from "../../../../web/components/notice.js";
import { failureOf } from "../../../../web/failure.js";
import { useSay } from "../../../../web/texts/speech.js";
import { bound } from "../../command/bound.js";
import { Failed } from "../../refusal/failed.js";
import style from "./catalog.module.css";
import { PARTS_OF_OFFERS } from "./documents.js";
import { FieldRow } from "./field-row.js";
import {
  changed,
  currencyOf,
  newOneTime,
  newRecurring,
  type OfferForm,
  type OneTimeRow,
  type RecurringRow,
  without,
} from "./forms.js";
import { catalogTexts } from "./texts.js";

interface Given {
  readonly form: OfferForm;
  readonly change: (form: OfferForm) => void;
  /** It is not defined yet: later on, its currency stays. */
  readonly isNew?: boolean;
}

/** The terms of an offer: what it is, its recurring fees by plans, its one-time fees. */
export const OfferFields = ({ form, change, isNew = false }: Given) => {
  const say = useSay(catalogTexts);
  const [{ data, error }] = useQuery({ query: PARTS_OF_OFFERS });
  const set = (changes: Partial<OfferForm>): void => {
    change({ ...form, ...changes });
  };
  const of = bound(form, set);
  const currency = currencyOf(form.currency);
  const plans = data?.plans.edges.filter(({ node }) => currency === "" || node.currency === currency) ?? [];
  const choices = {
    plans: plans.map(({ node: { id, name } }) => ({ value: id, text: name })),
    addOns: data?.addOnProducts.edges.map(({ node: { id, name } }) => ({ value: id, text: name })) ?? [],
  };
  return (
    <>
      {error && <Failed failure={failureOf(error)} />}
      {data?.plans.edges.length === 0 && <Notice title={say("noPlans")} />}
      <FieldGroup>
        <TextField {...of("name")} label={say("name")} isRequired />
        {isNew && <TextField {...of("currency")} label={say("currency")} hint={say("currencyHint")} isRequired />}
        <NumberField {...of("discountPeriods")} label={say("discountPeriods")} hint={say("discountPeriodsHint")} />
        <MoneyField
          {...of("transferFee")}
          label={say("transferFee")}
          hint={say("transferFeeHint")}
          currency={currency}
        />
      </FieldGroup>
      <TextField {...of("description")} label={say("whatItIs")} />
      {form.recurring.map((row, at) => (
        <Recurring
          key={row.key}
          at={at}
          row={row}
          currency={currency}
          choices={choices}
          change={(changes) => {
            set({ recurring: changed(form.recurring, row.key, changes) });
          }}
          drop={() => {
            set({ recurring: without(form.recurring, row.key) });
          }}
        />
      ))}
      {form.oneTime.map((row, at) => (
        <OneTime
          key={row.key}
          at={at}
          row={row}
          currency={currency}
          change={(changes) => {
            set({ oneTime: changed(form.oneTime, row.key, changes) });
          }}
          drop={() => {
            set({ oneTime: without(form.oneTime, row.key) });
          }}
        />
      ))}
      <p className={style.row}>
        <Button
          onPress={() => {
            set({ recurring: [...form.recurring, newRecurring()] });
          }}
        >
          {say("addRecurring")}
        </Button>
        <Button
          onPress={() => {
            set({ oneTime: [...form.oneTime, newOneTime()] });
          }}
        >
          {say("addOneTime")}
        </Button>
      </p>
    </>
  );
};

interface RowGiven<Row> {
  /** Its place in the list, from 0. */
  readonly at: number;
  readonly row: Row;
  readonly currency: string;
  readonly change: (changes: Partial<Row>) => void;
  readonly drop: () => void;
}

interface Choices {
  readonly plans: readonly { readonly value: string; readonly text: string }[];
  readonly addOns: readonly { readonly value: string; readonly text: string }[];
}

const Recurring = (given: RowGiven<RecurringRow> & { readonly choices: Choices }) => {
  const { at, row, currency, change, drop, choices } = given;
  const say = useSay(catalogTexts);
  const of = bound(row, change, `recurringFees.${at}.`);
  return (
    <FieldRow of="Recurring" at={at} drop={drop}>
      <SelectField {...of("planId")} label={say("plan")} choices={choices.plans} isRequired />
      <SelectField {...of("addOnProductId")} label={say("addOn")} none={say("noAddOn")} choices={choices.addOns} />
      <MoneyField {...of("discount")} label={say("discount")} hint={say("discountHint")} currency={currency} />
    </FieldRow>
  );
};

const OneTime = ({ at, row, currency, change, drop }: RowGiven<OneTimeRow>) => {
  const say = useSay(catalogTexts);
  const of = bound(row, change, `oneTimeFees.${at}.`);
  return (
    <FieldRow of="OneTime" at={at} drop={drop}>
      <TextField {...of("description")} label={say("description")} isRequired />
      <TextField {...of("service")} label={say("service")} hint={say("serviceHint")} isRequired />
      <MoneyField {...of("fee")} label={say("fee")} currency={currency} isRequired />
      <MoneyField {...of("discount")} label={say("discount")} currency={currency} />
    </FieldRow>
  );
};
