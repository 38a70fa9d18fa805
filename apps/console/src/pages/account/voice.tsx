import { Button } from "../../../../web/components/button.js";
import { Tag } from "../../../../web/components/notice.js";
import { Panel } from "../../../../web/components/panel.js";
import { Table, type TableColumn } from "../../../../web/components/table.js";
import { useSay } from "../../../../web/texts/speech.js";
import { useOpenCommand } from "../../command/drawer.js";
import { PathLink } from "../../frame/path-link.js";
import { useAllowed } from "../../session/viewer.js";
import { VOICE_ITEMS, type VoiceItem } from "../../voice/service.js";
import { voiceTexts } from "../../voice/texts.js";
import { useVoiceValue } from "../../voice/use-voice-value.js";
import style from "./account.module.css";
import { ConfigureVoiceDrawer } from "./configure-voice.js";
import { type ShownAccount, type ShownVoice } from "./query.js";
import { accountTexts } from "./texts.js";

interface Given {
  readonly account: ShownAccount;
  readonly voice: ShownVoice;
  readonly reload: () => void;
}

const TONES = {
  IN_SERVICE: "good",
  PAUSED: "warning",
  SUSPENDED: "bad",
  CLOSED: "neutral",
  NOT_GIVEN: "neutral",
} as const;

/** How calls of the account are served: what it says itself, and what it has from its product. */
export const Voice = ({ account, voice, reload }: Given) => {
  const say = useSay(accountTexts);
  const voiceSay = useSay(voiceTexts);
  const valueOf = useVoiceValue();
  const open = useOpenCommand();
  const isConfigurable = useAllowed("configureAccountVoice") && account.status === "OPEN";
  const { state, service, origins, mainProduct, addOnProduct } = voice;
  const product = addOnProduct ?? mainProduct;
  const columns: readonly TableColumn<VoiceItem>[] = [
    { id: "item", title: voiceSay("item"), cell: (item) => voiceSay(item) },
    {
      id: "value",
      title: voiceSay("value"),
      cell: (item) => valueOf(service, item) ?? voiceSay(item === "maxCalls" ? "anyNumber" : "nothing"),
    },
    {
      id: "origin",
      title: say("voiceOrigin"),
      cell: (item) => (origins[item] === "PRODUCT" && product ? product.name : say(`from${origins[item]}`)),
    },
  ];
  return (
    <Panel
      title={say("voice")}
      actions={
        isConfigurable && (
          <Button
            onPress={() => {
              open(<ConfigureVoiceDrawer account={account} voice={voice} reload={reload} />);
            }}
          >
            {say("configureVoice")}
          </Button>
        )
      }
    >
      <p className={style.actions}>
        <Tag tone={TONES[state]}>{say(state === "CLOSED" || state === "SUSPENDED" ? state : `voice${state}`)}</Tag>
        <PathLink href={`/calls?account=${account.id}`}>{say("callsOf")}</PathLink>
      </p>
      <Table label={say("voice")} columns={columns} rows={VOICE_ITEMS} keyOf={(item) => item} />
    </Panel>
  );
};
