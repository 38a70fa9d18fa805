import { useState } from "react";
import { FieldGroup, SelectField, TextField } from "../../../../web/components/fields.js";
import { useSay } from "../../../../web/texts/speech.js";
import { bound } from "../../command/bound.js";
import { CommandDrawer } from "../../command/command-drawer.js";
import { textOf } from "../../command/filled.js";
import { useRevision } from "../../command/use-revision.js";
import { defineServicePolicy, POLICY_TERMS, reviseServicePolicy } from "./documents.js";
import { type ListedPolicy } from "./query.js";
import { tariffTexts } from "./texts.js";

interface Reloading {
  readonly reload: () => void;
}

const ACTIONS = ["REJECT", "NEW_CALL_AUTHORIZATION"] as const;

interface Form {
  readonly name: string;
  readonly description: string;
  /** Empty: not enabled. */
  readonly redirectAction: string;
  /** As they are typed: `10.0.0.0/24, pbx.example`; empty: not enabled. */
  readonly trustedNetworks: string;
}

const NEW: Form = { name: "", description: "", redirectAction: "", trustedNetworks: "" };

const formOf = ({ name, description, redirectAction, trustedNetworks }: ListedPolicy): Form => ({
  ...{ name, description: description ?? "", redirectAction: redirectAction ?? "" },
  trustedNetworks: trustedNetworks?.join(", ") ?? "",
});

/** Null: the form is not complete. */
const termsOf = ({ name, description, redirectAction, trustedNetworks }: Form) => {
  const named = textOf(name);
  if (named === null) return null;
  const networks = trustedNetworks.split(/[\s,;]+/).filter((network) => network !== "");
  return {
    ...{ name: named, description: textOf(description) },
    redirectAction: ACTIONS.find((one) => one === redirectAction) ?? null,
    trustedNetworks: networks.length === 0 ? null : networks,
  };
};

export const DefinePolicy = ({ reload }: Reloading) => {
  const say = useSay(tariffTexts);
  const [form, setForm] = useState(NEW);
  return (
    <CommandDrawer
      title={say("definePolicy")}
      {...defineServicePolicy}
      input={termsOf(form)}
      confirm={say("define")}
      reload={reload}
    >
      <Fields
        form={form}
        change={(changes) => {
          setForm((before) => ({ ...before, ...changes }));
        }}
      />
    </CommandDrawer>
  );
};

export const RevisePolicy = ({ policy, reload }: Reloading & { readonly policy: ListedPolicy }) => {
  const say = useSay(tariffTexts);
  const { id } = policy;
  const revision = useRevision({
    shown: policy,
    formOf,
    read: async (client) => (await client.query(POLICY_TERMS, { id }).toPromise()).data?.servicePolicy ?? null,
    told: [
      ...(["name", "description", "trustedNetworks"] as const).map((field) => ({ field, name: say(field) })),
      {
        ...{ field: "redirectAction", name: say("redirectAction") },
        text: ({ redirectAction }) => say(ACTIONS.find((one) => one === redirectAction) ?? "notEnabled"),
      },
    ],
  });
  return (
    <CommandDrawer
      title={say("reviseNamed", { name: policy.name })}
      {...reviseServicePolicy}
      input={revision.ask({ servicePolicyId: id }, termsOf)}
      revision={revision}
      confirm={say("revise")}
      reload={reload}
    >
      <Fields form={revision.form} change={revision.change} />
    </CommandDrawer>
  );
};

interface Filled {
  readonly form: Form;
  readonly change: (changes: Partial<Form>) => void;
}

const Fields = ({ form, change }: Filled) => {
  const say = useSay(tariffTexts);
  const of = bound(form, change);
  return (
    <FieldGroup>
      <TextField {...of("name")} label={say("name")} isRequired />
      <TextField {...of("description")} label={say("description")} />
      <SelectField
        {...of("redirectAction")}
        label={say("redirectAction")}
        none={say("notEnabled")}
        choices={ACTIONS.map((value) => ({ value, text: say(value) }))}
      />
      <TextField {...of("trustedNetworks")} label={say("trustedNetworks")} hint={say("trustedHint")} />
    </FieldGroup>
  );
};
