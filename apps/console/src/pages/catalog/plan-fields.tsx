import { Button } from "../../../../web/components/button.js";
import {
  CheckboxField,
  FieldGroup,
  MoneyField,
  NumberField,
  SelectField,
  TextField,
} from "../../../../web/components/fields.js";
import { useSay } from "../../../../web/texts/speech.js";
import { BILLING_PERIODS, type BillingPeriod } from "../../frame/billing-choices.js";
import { changed, currencyOf, type FeeRow, newFee, type PlanForm, without } from "./forms.js";
import { catalogTexts } from "./texts.js";

const PENALTIES: readonly PlanForm["penalty"][] = [
  ...(["SUM_OF_DISCOUNTS", "LESSER_OF_DISCOUNTS_AND_REMAINING_FEES", "REMAINING_FEES", "FIXED", "NONE"] as const),
];

interface Given {
  readonly form: PlanForm;
  readonly change: (form: PlanForm) => void;
  /** It is not defined yet: later on, its currency stays. */
  readonly isNew?: boolean;
}

/** The terms of a plan: fees by billing period, how long it lasts at least, what leaving early costs. */
export const PlanFields = ({ form, change, isNew = false }: Given) => {
  const say = useSay(catalogTexts);
  const set = (changes: Partial<PlanForm>): void => {
    change({ ...form, ...changes });
  };
  const currency = currencyOf(form.currency);
  const left = BILLING_PERIODS.filter((period) => !form.fees.some((fee) => fee.period === period));
  const [next] = left;
  return (
    <>
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
      </FieldGroup>
      {form.fees.map((row, at) => (
        <Fee
          key={row.key}
          at={at}
          row={row}
          currency={currency}
          periods={BILLING_PERIODS.filter((period) => period === row.period || left.includes(period))}
          change={(changes) => {
            set({ fees: changed(form.fees, row.key, changes) });
          }}
          {...(form.fees.length > 1 && {
            drop: () => {
              set({ fees: without(form.fees, row.key) });
            },
          })}
        />
      ))}
      {next && (
        <p>
          <Button
            onPress={() => {
              set({ fees: [...form.fees, newFee(next)] });
            }}
          >
            {say("addFee")}
          </Button>
        </p>
      )}
      <FieldGroup>
        <NumberField
          name="minimumPeriods"
          label={say("minimumPeriods")}
          hint={say("minimumPeriodsHint")}
          value={form.minimumPeriods}
          onChange={(minimumPeriods) => {
            set({ minimumPeriods });
          }}
        />
        <SelectField
          name="penalty"
          label={say("penalty")}
          value={form.penalty}
          choices={PENALTIES.map((value) => ({ value, text: say(value) }))}
          onChange={(chosen) => {
            set({ penalty: PENALTIES.find((penalty) => penalty === chosen) ?? form.penalty });
          }}
        />
        {form.penalty === "FIXED" && (
          <MoneyField
            name="penaltyAmount"
            label={say("penaltyAmount")}
            currency={currency}
            value={form.penaltyAmount}
            onChange={(penaltyAmount) => {
              set({ penaltyAmount });
            }}
            isRequired
          />
        )}
      </FieldGroup>
      <CheckboxField
        name="prorateFirst"
        label={say("prorateFirst")}
        value={form.prorateFirst}
        onChange={(prorateFirst) => {
          set({ prorateFirst });
        }}
      />
      <CheckboxField
        name="prorateLast"
        label={say("prorateLast")}
        value={form.prorateLast}
        onChange={(prorateLast) => {
          set({ prorateLast });
        }}
      />
    </>
  );
};

interface FeeGiven {
  /** Its place in the list, from 0. */
  readonly at: number;
  readonly row: FeeRow;
  readonly currency: string;
  /** Those that no other row is for. */
  readonly periods: readonly BillingPeriod[];
  readonly change: (changes: Partial<FeeRow>) => void;
  /** Left out: the last row stays. */
  readonly drop?: () => void;
}

const Fee = ({ at, row, currency, periods, change, drop }: FeeGiven) => {
  const say = useSay(catalogTexts);
  return (
    <FieldGroup title={say("feeNumber", { number: at + 1 })}>
      <SelectField
        name={`recurringFees.${at}.period`}
        label={say("billingPeriod")}
        value={row.period}
        choices={periods.map((value) => ({ value, text: say(value) }))}
        onChange={(chosen) => {
          change({ period: periods.find((period) => period === chosen) ?? row.period });
        }}
      />
      <MoneyField
        name={`recurringFees.${at}.amount`}
        label={say("fee")}
        currency={currency}
        value={row.amount}
        onChange={(amount) => {
          change({ amount });
        }}
        isRequired
      />
      {drop && (
        <p>
          <Button kind="quiet" label={say("dropFee", { number: at + 1 })} onPress={drop}>
            {say("drop")}
          </Button>
        </p>
      )}
    </FieldGroup>
  );
};
