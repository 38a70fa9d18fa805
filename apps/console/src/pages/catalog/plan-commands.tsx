import { useState } from "react";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandDrawer } from "../../command/command-drawer.js";
import { useRevision } from "../../command/use-revision.js";
import { definePlan, revisePlan } from "./documents.js";
import { definePlanInput, newPlan, planForm, planTerms } from "./forms.js";
import { PlanFields } from "./plan-fields.js";
import { NO_HISTORY, PLAN, type ShownPlan } from "./query.js";
import { catalogTexts } from "./texts.js";
import { useToldPlan } from "./told.js";

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
  const { id } = plan;
  const revision = useRevision({
    shown: plan,
    formOf: planForm,
    read: async (client) => (await client.query(PLAN, { ...NO_HISTORY, id }).toPromise()).data?.plan ?? null,
    told: useToldPlan(plan),
  });
  return (
    <CommandDrawer
      title={say("reviseNamed", { name: plan.name })}
      {...revisePlan}
      input={revision.ask({ planId: id }, planTerms)}
      revision={revision}
      confirm={say("revise")}
      reload={reload}
    >
      <p>{say("revisePlanHint")}</p>
      <PlanFields form={revision.form} change={revision.setForm} />
    </CommandDrawer>
  );
};
