import { useState } from "react";
import { useQuery } from "urql";
import { FieldGroup, NumberField, SelectField, TextField } from "../../../../web/components/fields.js";
import { Failed } from "../../refusal/failed.js";
import { failureOf } from "../../../../web/failure.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandDrawer } from "../../command/command-drawer.js";
import { textOf } from "../../command/filled.js";
import { CONFIGURE_VOICE, PREVIEW_VOICE, type ShownAccount, type ShownVoice, VOICE_CHOICES } from "./query.js";
import { accountTexts } from "./texts.js";

interface Given {
  readonly account: ShownAccount;
  readonly voice: ShownVoice;
  readonly reload: () => void;
}

const TRANSPORTS = ["UDP", "TCP", "TLS"] as const;
const LANGUAGES = ["EN", "IT"] as const;

/** What the account says itself of its calls. A field that is empty is its product's. */
export const ConfigureVoiceDrawer = ({ account, voice: { service, origins }, reload }: Given) => {
  const say = useSay(accountTexts);
  const currency = account.customer?.currency ?? "";
  const [{ data, error }] = useQuery({ query: VOICE_CHOICES, variables: { currency } });
  /** What is the account's own; else null. */
  const own = <Item extends keyof ShownVoice["origins"]>(item: Item): ShownVoice["service"][Item] | null =>
    origins[item] === "ACCOUNT" ? service[item] : null;
  const contact = own("sipContact");
  const [host, setHost] = useState(contact?.host ?? "");
  const [port, setPort] = useState<number | null>(contact?.port ?? null);
  const [transport, setTransport] = useState<string>(contact?.transport ?? "");
  const [servicePolicyId, setPolicy] = useState(own("servicePolicy")?.id ?? "");
  const [incomingTariffId, setIncoming] = useState(own("incomingTariff")?.id ?? "");
  const [outgoingTariffId, setOutgoing] = useState(own("outgoingTariff")?.id ?? "");
  const [maxCalls, setMaxCalls] = useState<number | null>(own("maxCalls"));
  const [maxSeconds, setMaxSeconds] = useState<number | null>(own("maxSeconds"));
  const [language, setLanguage] = useState<string>(own("language") ?? "");
  const at = textOf(host);
  const tariffs = data?.tariffs.edges.map(({ node }) => ({ value: node.id, text: node.name })) ?? [];
  const inherited = say("inherited");
  return (
    <CommandDrawer
      title={say("configureVoice")}
      preview={PREVIEW_VOICE}
      mutation={CONFIGURE_VOICE}
      input={{
        accountId: account.id,
        sipContact:
          at === null ? null : { host: at, port, transport: TRANSPORTS.find((one) => one === transport) ?? null },
        servicePolicyId: textOf(servicePolicyId),
        incomingTariffId: textOf(incomingTariffId),
        outgoingTariffId: textOf(outgoingTariffId),
        ...{ maxCalls, maxSeconds },
        language: LANGUAGES.find((one) => one === language) ?? null,
      }}
      confirm={say("configure")}
      reload={reload}
    >
      <p>{say("configureVoiceHint")}</p>
      {error && <Failed failure={failureOf(error)} />}
      <FieldGroup title={say("sipContact")}>
        <TextField name="sipContact.host" label={say("host")} hint={say("hostHint")} value={host} onChange={setHost} />
        <NumberField
          name="sipContact.port"
          label={say("port")}
          hint={say("portHint")}
          value={port}
          onChange={setPort}
        />
        <SelectField
          name="sipContact.transport"
          label={say("transport")}
          value={transport}
          none="UDP"
          choices={TRANSPORTS.slice(1).map((value) => ({ value, text: value }))}
          onChange={setTransport}
        />
      </FieldGroup>
      <FieldGroup title={say("voice")}>
        <SelectField
          name="servicePolicyId"
          label={say("servicePolicy")}
          value={servicePolicyId}
          none={inherited}
          choices={data?.servicePolicies.edges.map(({ node }) => ({ value: node.id, text: node.name })) ?? []}
          onChange={setPolicy}
        />
        <SelectField
          name="incomingTariffId"
          label={say("incomingTariff")}
          value={incomingTariffId}
          none={inherited}
          choices={tariffs}
          onChange={setIncoming}
        />
        <SelectField
          name="outgoingTariffId"
          label={say("outgoingTariff")}
          value={outgoingTariffId}
          none={inherited}
          choices={tariffs}
          onChange={setOutgoing}
        />
        <NumberField name="maxCalls" label={say("maxCalls")} value={maxCalls} onChange={setMaxCalls} />
        <NumberField name="maxSeconds" label={say("maxSeconds")} value={maxSeconds} onChange={setMaxSeconds} />
        <SelectField
          name="language"
          label={say("language")}
          value={language}
          none={inherited}
          choices={LANGUAGES.map((value) => ({ value, text: say(value) }))}
          onChange={setLanguage}
        />
      </FieldGroup>
    </CommandDrawer>
  );
};
