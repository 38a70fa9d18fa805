import { useState } from "react";
import { Button } from "../../../../web/components/button.js";
import { FieldGroup, TextField } from "../../../../web/components/fields.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandDrawer } from "../../command/command-drawer.js";
import { defineVolumeDiscountPlan } from "./documents.js";
import {
  changed,
  NEW_VOLUME_DISCOUNT_PLAN,
  newThreshold,
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
  return (
    <CommandDrawer
      title={say("defineVolumeDiscountPlan")}
      {...defineVolumeDiscountPlan}
      input={volumeDiscountPlanInput(form)}
      confirm={say("define")}
      reload={reload}
    >
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
        <TextField
          name="service"
          label={say("service")}
          hint={say("serviceHint")}
          value={form.service}
          onChange={(service) => {
            set({ service });
          }}
          isRequired
        />
        <TextField
          name="quota"
          label={say("quota")}
          hint={say("quotaHint")}
          value={form.quota}
          onChange={(quota) => {
            set({ quota });
          }}
          isRequired
        />
        <TextField
          name="unit"
          label={say("unit")}
          hint={say("unitHint")}
          value={form.unit}
          onChange={(unit) => {
            set({ unit });
          }}
          isRequired
        />
      </FieldGroup>
      {form.thresholds.map((row, at) => (
        <FieldGroup key={row.key} title={say("thresholdNumber", { number: at + 1 })}>
          <TextField
            name={`thresholds.${at}.from`}
            label={say("fromVolume")}
            value={row.from}
            onChange={(from) => {
              set({ thresholds: changed(form.thresholds, row.key, { from }) });
            }}
            isRequired
          />
          <TextField
            name={`thresholds.${at}.percent`}
            label={say("percent")}
            value={row.percent}
            onChange={(percent) => {
              set({ thresholds: changed(form.thresholds, row.key, { percent }) });
            }}
            isRequired
          />
          <p>
            <Button
              kind="quiet"
              label={say("dropThreshold", { number: at + 1 })}
              onPress={() => {
                set({ thresholds: without(form.thresholds, row.key) });
              }}
            >
              {say("drop")}
            </Button>
          </p>
        </FieldGroup>
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
