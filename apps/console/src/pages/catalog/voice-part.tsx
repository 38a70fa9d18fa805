import { CheckboxField, FieldGroup } from "../../../../web/components/fields.js";
import { Fact, Facts } from "../../../../web/components/facts.js";
import { Panel } from "../../../../web/components/panel.js";
import { useSay } from "../../../../web/texts/speech.js";
import { type ShownVoiceService, VOICE_ITEMS } from "../../voice/service.js";
import { voiceTexts } from "../../voice/texts.js";
import { useVoiceValue } from "../../voice/use-voice-value.js";
import { VoiceFields } from "../../voice/voice-fields.js";
import style from "./catalog.module.css";
import { type ProductVoice } from "./forms.js";
import { catalogTexts } from "./texts.js";

/** What a product says of the calls of its accounts; null: it gives none. */
export const VoicePart = ({ voice }: { readonly voice: ShownVoiceService | null }) => {
  const say = useSay(catalogTexts);
  const voiceSay = useSay(voiceTexts);
  const valueOf = useVoiceValue();
  const isEmpty = voice !== null && VOICE_ITEMS.every((item) => voice[item] === null);
  return (
    <Panel title={say("calls")}>
      {voice === null ? (
        <p>{say("givesNoCalls")}</p>
      ) : (
        <>
          <p className={style.said}>{say(isEmpty ? "givesCallsOnly" : "givesCalls")}</p>
          <Facts>
            {VOICE_ITEMS.map((item) => (
              <Fact key={item} name={voiceSay(item)}>
                {valueOf(voice, item)}
              </Fact>
            ))}
          </Facts>
        </>
      )}
    </Panel>
  );
};

interface Given {
  readonly value: ProductVoice;
  readonly change: (changed: ProductVoice) => void;
}

/** Whether a product gives calls, and how; the settings once it does. */
export const VoicePartFields = ({ value, change }: Given) => {
  const say = useSay(catalogTexts);
  const { givesCalls, settings } = value;
  return (
    <>
      <FieldGroup title={say("calls")}>
        <CheckboxField
          name="voice"
          label={say("givesCallsBox")}
          hint={say("givesCallsHint")}
          value={givesCalls}
          onChange={(chosen) => {
            change({ givesCalls: chosen, settings });
          }}
        />
      </FieldGroup>
      {givesCalls && (
        <VoiceFields
          form={settings}
          change={(changes) => {
            change({ givesCalls, settings: { ...settings, ...changes } });
          }}
          none={say("leftToAccounts")}
          noHost={say("hostLeft")}
          within="voice."
          title={say("howCalls")}
        />
      )}
    </>
  );
};
