import { useQuery } from "urql";
import { Button } from "../../../../web/components/button.js";
import { FieldGroup, MoneyField, NumberField, SelectField, TextField } from "../../../../web/components/fields.js";
import { Notice } from "../../../../web/components/notice.js";
import { failureOf } from "../../../../web/failure.js";
import { useSay } from "../../../../web/texts/speech.js";
import { Failed } from "../../refusal/failed.js";
import style from "./catalog.module.css";
import { PARTS_OF_OFFERS } from "./documents.js";
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
        <TextField
          name="name"
          label={say("name")}
          value={form.name}
          onChange={(name) => {
            set({ name });
          }}
          isRequired
        />
        {isNew && (
          <TextField
            name="currency"
            label={say("currency")}
            hint={say("currencyHint")}
            value={form.currency}
            onChange={(typed) => {
              set({ currency: typed });
            }}
            isRequired
          />
        )}
        <NumberField
          name="discountPeriods"
          label={say("discountPeriods")}
          hint={say("discountPeriodsHint")}
          value={form.discountPeriods}
          onChange={(discountPeriods) => {
            set({ discountPeriods });
          }}
        />
        <MoneyField
          name="transferFee"
          label={say("transferFee")}
          hint={say("transferFeeHint")}
          currency={currency}
          value={form.transferFee}
          onChange={(transferFee) => {
            set({ transferFee });
          }}
        />
      </FieldGroup>
      <TextField
        name="description"
        label={say("whatItIs")}
        value={form.description}
        onChange={(description) => {
          set({ description });
        }}
      />
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
  return (
    <FieldGroup title={say("recurringNumber", { number: at + 1 })}>
      <SelectField
        name={`recurringFees.${at}.planId`}
        label={say("plan")}
        value={row.planId}
        choices={choices.plans}
        onChange={(planId) => {
          change({ planId });
        }}
        isRequired
      />
      <SelectField
        name={`recurringFees.${at}.addOnProductId`}
        label={say("addOn")}
        value={row.addOnProductId}
        none={say("noAddOn")}
        choices={choices.addOns}
        onChange={(addOnProductId) => {
          change({ addOnProductId });
        }}
      />
      <MoneyField
        name={`recurringFees.${at}.discount`}
        label={say("discount")}
        hint={say("discountHint")}
        currency={currency}
        value={row.discount}
        onChange={(discount) => {
          change({ discount });
        }}
      />
      <p>
        <Button kind="quiet" label={say("dropRecurring", { number: at + 1 })} onPress={drop}>
          {say("drop")}
        </Button>
      </p>
    </FieldGroup>
  );
};

const OneTime = ({ at, row, currency, change, drop }: RowGiven<OneTimeRow>) => {
  const say = useSay(catalogTexts);
  return (
    <FieldGroup title={say("oneTimeNumber", { number: at + 1 })}>
      <TextField
        name={`oneTimeFees.${at}.description`}
        label={say("description")}
        value={row.description}
        onChange={(description) => {
          change({ description });
        }}
        isRequired
      />
      <TextField
        name={`oneTimeFees.${at}.service`}
        label={say("service")}
        hint={say("serviceHint")}
        value={row.service}
        onChange={(service) => {
          change({ service });
        }}
        isRequired
      />
      <MoneyField
        name={`oneTimeFees.${at}.fee`}
        label={say("fee")}
        currency={currency}
        value={row.fee}
        onChange={(fee) => {
          change({ fee });
        }}
        isRequired
      />
      <MoneyField
        name={`oneTimeFees.${at}.discount`}
        label={say("discount")}
        currency={currency}
        value={row.discount}
        onChange={(discount) => {
          change({ discount });
        }}
      />
      <p>
        <Button kind="quiet" label={say("dropOneTime", { number: at + 1 })} onPress={drop}>
          {say("drop")}
        </Button>
      </p>
    </FieldGroup>
  );
};
