import { useState } from "react";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandDrawer } from "../../command/command-drawer.js";
import { type VoiceForm, voiceForm, voiceInput } from "../../voice/form.js";
import { VOICE_ITEMS } from "../../voice/service.js";
import { VoiceFields } from "../../voice/voice-fields.js";
import { CONFIGURE_VOICE, PREVIEW_VOICE, type ShownAccount, type ShownVoice } from "./query.js";
import { accountTexts } from "./texts.js";

interface Given {
  readonly account: ShownAccount;
  readonly voice: ShownVoice;
  readonly reload: () => void;
}

/** What the account says itself of its calls. A field that is empty is its product's. */
export const ConfigureVoiceDrawer = ({ account, voice, reload }: Given) => {
  const say = useSay(accountTexts);
  const [form, setForm] = useState<VoiceForm>(() => voiceForm(ownOf(voice)));
  return (
    <CommandDrawer
      title={say("configureVoice")}
      preview={PREVIEW_VOICE}
      mutation={CONFIGURE_VOICE}
      input={{ accountId: account.id, ...voiceInput(form) }}
      confirm={say("configure")}
      reload={reload}
    >
      <p>{say("configureVoiceHint")}</p>
      <VoiceFields
        form={form}
        change={(changes) => {
          setForm((before) => ({ ...before, ...changes }));
        }}
        none={say("inherited")}
        noHost={say("hostHint")}
        title={say("voice")}
        currency={account.customer?.currency ?? ""}
      />
    </CommandDrawer>
  );
};

/** The settings that are the account's own. */
const ownOf = ({ service, origins }: ShownVoice): Partial<ShownVoice["service"]> =>
  Object.fromEntries(VOICE_ITEMS.filter((item) => origins[item] === "ACCOUNT").map((item) => [item, service[item]]));
