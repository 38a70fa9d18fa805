import { useState } from "react";
import { Button } from "../../../../web/components/button.js";
import { FieldGroup, TextField } from "../../../../web/components/fields.js";
import { useSay } from "../../../../web/texts/speech.js";
import { bound } from "../../command/bound.js";
import { CommandDrawer } from "../../command/command-drawer.js";
import { defineVolumeDiscountPlan } from "./documents.js";
import { FieldRow } from "./field-row.js";
import {
  changed,
  NEW_VOLUME_DISCOUNT_PLAN,
  newThreshold,
  type ThresholdRow,
  type VolumeDiscountPlanForm,
  volumeDiscountPlanInput,
  without,
} from "./forms.js";
import { catalogTexts } from "./texts.js";

export const DefineVolumeDiscountPlan = ({ reload }: { readonly reload: () => void }) => {
  const say = useSay(catalogTexts);
  const [form, setForm] = useState<VolumeDiscountPlanForm>(NEW_VOLUME_DISCOUNT_PLAN);
  const set = (changes: Partial<VolumeDiscountPlanForm>): void => {
    setForm({ ...form, ...changes });
  };
  const of = bound(form, set);
  return (
    <CommandDrawer
      title={say("defineVolumeDiscountPlan")}
      {...defineVolumeDiscountPlan}
      input={volumeDiscountPlanInput(form)}
      confirm={say("define")}
      reload={reload}
    >
      <FieldGroup>
        <TextField {...of("name")} label={say("name")} isRequired />
        <TextField {...of("service")} label={say("service")} hint={say("serviceHint")} isRequired />
        <TextField {...of("quota")} label={say("quota")} hint={say("quotaHint")} isRequired />
        <TextField {...of("unit")} label={say("unit")} hint={say("unitHint")} isRequired />
      </FieldGroup>
      {form.thresholds.map((row, at) => (
        <Threshold
          key={row.key}
          at={at}
          row={row}
          change={(changes) => {
            set({ thresholds: changed(form.thresholds, row.key, changes) });
          }}
          drop={() => {
            set({ thresholds: without(form.thresholds, row.key) });
          }}
        />
      ))}
      <p>
        <Button
          onPress={() => {
            set({ thresholds: [...form.thresholds, newThreshold()] });
          }}
        >
          {say("addThreshold")}
        </Button>
      </p>
    </CommandDrawer>
  );
};

interface RowGiven {
  /** Its place in the list, from 0. */
  readonly at: number;
  readonly row: ThresholdRow;
  readonly change: (changes: Partial<ThresholdRow>) => void;
  readonly drop: () => void;
}

const Threshold = ({ at, row, change, drop }: RowGiven) => {
  const say = useSay(catalogTexts);
  const of = bound(row, change, `thresholds.${at}.`);
  return (
    <FieldRow of="Threshold" at={at} drop={drop}>
      <TextField {...of("from")} label={say("fromVolume")} isRequired />
      <TextField {...of("percent")} label={say("percent")} isRequired />
    </FieldRow>
  );
};
