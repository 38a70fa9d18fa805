import { type ReactNode } from "react";
import { Button } from "../../../../web/components/button.js";
import { Tag } from "../../../../web/components/notice.js";
import { Panel } from "../../../../web/components/panel.js";
import { Table, type TableColumn } from "../../../../web/components/table.js";
import { useSay } from "../../../../web/texts/speech.js";
import { useOpenCommand } from "../../command/drawer.js";
import { PathLink } from "../../frame/path-link.js";
import { useAllowed } from "../../session/viewer.js";
import style from "./account.module.css";
import { ConfigureVoiceDrawer } from "./configure-voice.js";
import { type ShownAccount, type ShownVoice } from "./query.js";
import { accountTexts } from "./texts.js";

interface Given {
  readonly account: ShownAccount;
  readonly voice: ShownVoice;
  readonly reload: () => void;
}

type Item = keyof ShownVoice["origins"];

const TONES = {
  IN_SERVICE: "good",
  PAUSED: "warning",
  SUSPENDED: "bad",
  CLOSED: "neutral",
  NOT_GIVEN: "neutral",
} as const;

const ITEMS = [
  ...(["sipContact", "servicePolicy", "incomingTariff", "outgoingTariff", "maxCalls", "maxSeconds"] as const),
  "language",
] as const satisfies readonly Item[];

/** How calls of the account are served: what it says itself, and what it has from its product. */
export const Voice = ({ account, voice, reload }: Given) => {
  const say = useSay(accountTexts);
  const open = useOpenCommand();
  const isConfigurable = useAllowed("configureAccountVoice") && account.status === "OPEN";
  const { state, service, origins, mainProduct, addOnProduct } = voice;
  const product = addOnProduct ?? mainProduct;
  const columns: readonly TableColumn<Item>[] = [
    { id: "item", title: say("voiceItem"), cell: (item) => say(item) },
    { id: "value", title: say("voiceValue"), cell: (item) => <Value item={item} service={service} /> },
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
      <Table label={say("voice")} columns={columns} rows={ITEMS} keyOf={(item) => item} />
    </Panel>
  );
};

/** As text, or as a link to where it is told of. */
const Value = ({ item, service }: { readonly item: Item; readonly service: ShownVoice["service"] }): ReactNode => {
  const say = useSay(accountTexts);
  const { sipContact, servicePolicy, incomingTariff, outgoingTariff, maxCalls, maxSeconds, language } = service;
  const tariff = (found: typeof incomingTariff): ReactNode =>
    found ? <PathLink href={`/tariffs/${found.id}`}>{found.name}</PathLink> : say("voiceNone");
  switch (item) {
    case "sipContact":
      return sipContact ? `${sipContact.host}:${sipContact.port} ${sipContact.transport}` : say("voiceNone");
    case "servicePolicy":
      return servicePolicy?.name ?? say("voiceNone");
    case "incomingTariff":
      return tariff(incomingTariff);
    case "outgoingTariff":
      return tariff(outgoingTariff);
    case "maxCalls":
      return maxCalls ?? say("anyNumber");
    case "maxSeconds":
      return maxSeconds !== null && say("inSeconds", { seconds: maxSeconds });
    case "language":
      return language && say(language);
  }
};
