import { useState } from "react";
import { FieldGroup, SelectField, TextField } from "../../../../web/components/fields.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandDrawer } from "../../command/command-drawer.js";
import { textOf } from "../../command/filled.js";
import { defineServicePolicy, reviseServicePolicy } from "./documents.js";
import { type ListedPolicy } from "./query.js";
import { tariffTexts } from "./texts.js";

interface Reloading {
  readonly reload: () => void;
}

const ACTIONS = ["REJECT", "NEW_CALL_AUTHORIZATION"] as const;

export const DefinePolicy = ({ reload }: Reloading) => {
  const say = useSay(tariffTexts);
  const [terms, fields] = usePolicyFields(null);
  return (
    <CommandDrawer
      title={say("definePolicy")}
      {...defineServicePolicy}
      input={terms}
      confirm={say("define")}
      reload={reload}
    >
      {fields}
    </CommandDrawer>
  );
};

export const RevisePolicy = ({ policy, reload }: Reloading & { readonly policy: ListedPolicy }) => {
  const say = useSay(tariffTexts);
  const [terms, fields] = usePolicyFields(policy);
  return (
    <CommandDrawer
      title={say("reviseNamed", { name: policy.name })}
      {...reviseServicePolicy}
      input={terms && { servicePolicyId: policy.id, ...terms }}
      confirm={say("revise")}
      reload={reload}
    >
      {fields}
    </CommandDrawer>
  );
};

/** The terms as they stand in the fields, null while one is missing; and the fields. */
const usePolicyFields = (before: ListedPolicy | null) => {
  const say = useSay(tariffTexts);
  const [name, setName] = useState(before?.name ?? "");
  const [description, setDescription] = useState(before?.description ?? "");
  const [action, setAction] = useState<string>(before?.redirectAction ?? "");
  const [networks, setNetworks] = useState(before?.trustedNetworks?.join(", ") ?? "");
  const named = textOf(name);
  const typed = networks.split(/[\s,;]+/).filter((network) => network !== "");
  const terms =
    named === null
      ? null
      : {
          name: named,
          description: textOf(description),
          redirectAction: ACTIONS.find((one) => one === action) ?? null,
          trustedNetworks: typed.length === 0 ? null : typed,
        };
  const fields = (
    <FieldGroup>
      <TextField name="name" label={say("name")} value={name} onChange={setName} isRequired />
      <TextField name="description" label={say("description")} value={description} onChange={setDescription} />
      <SelectField
        name="redirectAction"
        label={say("redirectAction")}
        value={action}
        none={say("notEnabled")}
        choices={ACTIONS.map((value) => ({ value, text: say(value) }))}
        onChange={setAction}
      />
      <TextField
        name="trustedNetworks"
        label={say("trustedNetworks")}
        hint={say("trustedHint")}
        value={networks}
        onChange={setNetworks}
      />
    </FieldGroup>
  );
  return [terms, fields] as const;
};
