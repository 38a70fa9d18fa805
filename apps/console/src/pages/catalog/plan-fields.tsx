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
import { bound } from "../../command/bound.js";
import { BILLING_PERIODS, type BillingPeriod } from "../../frame/billing-choices.js";
import { FieldRow } from "./field-row.js";
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
  const of = bound(form, set);
  const currency = currencyOf(form.currency);
  const left = BILLING_PERIODS.filter((period) => !form.fees.some((fee) => fee.period === period));
  const [next] = left;
  return (
    <>
      <FieldGroup>
        <TextField {...of("name")} label={say("name")} isRequired />
        {isNew && <TextField {...of("currency")} label={say("currency")} hint={say("currencyHint")} isRequired />}
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
        <NumberField {...of("minimumPeriods")} label={say("minimumPeriods")} hint={say("minimumPeriodsHint")} />
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
          <MoneyField {...of("penaltyAmount")} label={say("penaltyAmount")} currency={currency} isRequired />
        )}
      </FieldGroup>
      <CheckboxField {...of("prorateFirst")} label={say("prorateFirst")} />
      <CheckboxField {...of("prorateLast")} label={say("prorateLast")} />
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
  const of = bound(row, change, `recurringFees.${at}.`);
  return (
    <FieldRow of="Fee" at={at} {...(drop && { drop })}>
      <SelectField
        {...of("period")}
        label={say("billingPeriod")}
        choices={periods.map((value) => ({ value, text: say(value) }))}
        onChange={(chosen) => {
          change({ period: periods.find((period) => period === chosen) ?? row.period });
        }}
      />
      <MoneyField {...of("amount")} label={say("fee")} currency={currency} isRequired />
    </FieldRow>
  );
};
