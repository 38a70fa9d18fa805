import { useState } from "react";
import { CheckboxField, SelectField, TextField } from "../../../../web/components/fields.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandDrawer } from "../../command/command-drawer.js";
import {
  ADD_ALIAS,
  CHANGE_ALIAS,
  PREVIEW_ADD_ALIAS,
  PREVIEW_CHANGE_ALIAS,
  PREVIEW_REMOVE_ALIAS,
  REMOVE_ALIAS,
  type ShownAccount,
  type ShownAlias,
} from "./query.js";
import { accountTexts } from "./texts.js";

type Role = ShownAlias["role"];
const ROLES = ["UNIVERSAL", "PHONE_LINE", "MOBILE", "SIP_TRUNK"] as const satisfies readonly Role[];

interface Given {
  readonly account: ShownAccount;
  readonly reload: () => void;
}

interface Terms {
  readonly role: Role;
  readonly allowAuthentication: boolean;
}

/** What an alias is used for. */
const TermsFields = ({ terms, onChange }: { readonly terms: Terms; readonly onChange: (terms: Terms) => void }) => {
  const say = useSay(accountTexts);
  return (
    <>
      <SelectField
        name="role"
        label={say("role")}
        value={terms.role}
        choices={ROLES.map((role) => ({ value: role, text: say(role) }))}
        onChange={(value) => {
          onChange({ ...terms, role: ROLES.find((role) => role === value) ?? terms.role });
        }}
      />
      <CheckboxField
        name="allowAuthentication"
        label={say("allowAuthentication")}
        hint={say("allowAuthenticationHint")}
        value={terms.allowAuthentication}
        onChange={(allowAuthentication) => {
          onChange({ ...terms, allowAuthentication });
        }}
      />
    </>
  );
};

export const AddAliasDrawer = ({ account: { id: accountId }, reload }: Given) => {
  const say = useSay(accountTexts);
  const [alias, setAlias] = useState("");
  const [realm, setRealm] = useState("");
  const [terms, setTerms] = useState<Terms>({ role: "UNIVERSAL", allowAuthentication: true });
  const input = { accountId, alias, ...(realm.trim() !== "" && { realm }), ...terms };
  return (
    <CommandDrawer
      title={say("addAlias")}
      preview={PREVIEW_ADD_ALIAS}
      mutation={ADD_ALIAS}
      input={alias.trim() === "" ? null : input}
      confirm={say("add")}
      reload={reload}
    >
      <TextField
        name="alias"
        label={say("alias")}
        hint={say("aliasHint")}
        value={alias}
        onChange={setAlias}
        isRequired
      />
      <TextField name="realm" label={say("realm")} hint={say("realmHint")} value={realm} onChange={setRealm} />
      <TermsFields terms={terms} onChange={setTerms} />
    </CommandDrawer>
  );
};

export const ChangeAliasDrawer = ({
  account: { id: accountId },
  alias: { alias, realm, role, allowAuthentication },
  reload,
}: Given & { readonly alias: ShownAlias }) => {
  const say = useSay(accountTexts);
  const [terms, setTerms] = useState<Terms>({ role, allowAuthentication });
  const isSame = terms.role === role && terms.allowAuthentication === allowAuthentication;
  return (
    <CommandDrawer
      title={say("changeAliasOf", { alias })}
      preview={PREVIEW_CHANGE_ALIAS}
      mutation={CHANGE_ALIAS}
      input={isSame ? null : { accountId, alias, realm, ...terms }}
      confirm={say("change")}
      reload={reload}
    >
      <p>{say("aliasStays")}</p>
      <TermsFields terms={terms} onChange={setTerms} />
    </CommandDrawer>
  );
};

export const RemoveAliasDrawer = ({
  account: { id: accountId },
  alias: { alias, realm },
  reload,
}: Given & { readonly alias: ShownAlias }) => {
  const say = useSay(accountTexts);
  return (
    <CommandDrawer
      title={say("removeAliasOf", { alias })}
      preview={PREVIEW_REMOVE_ALIAS}
      mutation={REMOVE_ALIAS}
      input={{ accountId, alias, realm }}
      confirm={say("removeAlias")}
      isDangerous
      reload={reload}
    >
      <p>{say("aliasGone", { alias })}</p>
    </CommandDrawer>
  );
};
