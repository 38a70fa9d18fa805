import { useState } from "react";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandDrawer } from "../../command/command-drawer.js";
import { definePlan, revisePlan } from "./documents.js";
import { definePlanInput, newPlan, planForm, revisePlanInput } from "./forms.js";
import { PlanFields } from "./plan-fields.js";
import { type ShownPlan } from "./query.js";
import { catalogTexts } from "./texts.js";

export const DefinePlan = ({ reload }: { readonly reload: () => void }) => {
  const say = useSay(catalogTexts);
  const [form, setForm] = useState(newPlan);
  return (
    <CommandDrawer
      title={say("definePlan")}
      {...definePlan}
      input={definePlanInput(form)}
      confirm={say("define")}
      reload={reload}
    >
      <PlanFields form={form} change={setForm} isNew />
    </CommandDrawer>
  );
};

export const RevisePlan = ({ plan, reload }: { readonly plan: ShownPlan; readonly reload: () => void }) => {
  const say = useSay(catalogTexts);
  const [form, setForm] = useState(() => planForm(plan));
  return (
    <CommandDrawer
      title={say("reviseNamed", { name: plan.name })}
      {...revisePlan}
      input={revisePlanInput(plan.id, form)}
      confirm={say("revise")}
      reload={reload}
    >
      <p>{say("revisePlanHint")}</p>
      <PlanFields form={form} change={setForm} />
    </CommandDrawer>
  );
};
