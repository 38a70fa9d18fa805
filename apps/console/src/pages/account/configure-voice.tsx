import { useSay } from "../../../../web/texts/speech.js";
import { CommandDrawer } from "../../command/command-drawer.js";
import { useRevision } from "../../command/use-revision.js";
import { voiceForm, voiceInput } from "../../voice/form.js";
import { VOICE_ITEMS } from "../../voice/service.js";
import { useToldVoice } from "../../voice/use-told-voice.js";
import { VoiceFields } from "../../voice/voice-fields.js";
import { CONFIGURE_VOICE, PREVIEW_VOICE, type ShownAccount, type ShownVoice, VOICE } from "./query.js";
import { accountTexts } from "./texts.js";

interface Given {
  readonly account: ShownAccount;
  readonly voice: ShownVoice;
  readonly reload: () => void;
}

/** What the account says itself of its calls. A field that is empty is its product's. */
export const ConfigureVoiceDrawer = ({ account, voice, reload }: Given) => {
  const say = useSay(accountTexts);
  const { id } = account;
  const currency = account.customer?.currency ?? "";
  const revision = useRevision({
    shown: voice,
    formOf: (shown: Own) => voiceForm(ownOf(shown)),
    read: async (client) => (await client.query(VOICE, { id }).toPromise()).data?.account?.voice ?? null,
    told: useToldVoice(currency),
  });
  return (
    <CommandDrawer
      title={say("configureVoice")}
      preview={PREVIEW_VOICE}
      mutation={CONFIGURE_VOICE}
      input={revision.ask({ accountId: id }, voiceInput)}
      revision={revision}
      confirm={say("configure")}
      reload={reload}
    >
      <p>{say("configureVoiceHint")}</p>
      <VoiceFields
        form={revision.form}
        change={revision.change}
        none={say("inherited")}
        noHost={say("hostHint")}
        title={say("voice")}
        currency={currency}
      />
    </CommandDrawer>
  );
};

type Own = Pick<ShownVoice, "service" | "origins">;

/** The settings that are the account's own. */
const ownOf = ({ service, origins }: Own): Partial<ShownVoice["service"]> =>
  Object.fromEntries(VOICE_ITEMS.filter((item) => origins[item] === "ACCOUNT").map((item) => [item, service[item]]));
