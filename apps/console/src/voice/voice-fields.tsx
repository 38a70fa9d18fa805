import { useQuery } from "urql";
import { FieldGroup, NumberField, SelectField, TextField } from "../../../web/components/fields.js";
import { failureOf } from "../../../web/failure.js";
import { useSay } from "../../../web/texts/speech.js";
import { Failed } from "../refusal/failed.js";
import { LANGUAGES, TRANSPORTS, type VoiceForm } from "./form.js";
import { VOICE_CHOICES } from "./service.js";
import { voiceTexts } from "./texts.js";

interface Given {
  readonly form: VoiceForm;
  readonly change: (changes: Partial<VoiceForm>) => void;
  /** What stands for a choice that is not made, and why a contact is left empty. */
  readonly none: string;
  readonly noHost: string;
  /** What the input that has the settings is called within the command's, with a dot behind it; left out: they are the command's own. */
  readonly within?: string;
  /** Only tariffs in this currency; left out: each with its currency. */
  readonly currency?: string;
  /** What the settings besides the contact are headed by. */
  readonly title: string;
}

/** The settings of calls, a field each. */
export const VoiceFields = ({ form, change, none, noHost, within = "", currency, title }: Given) => {
  const say = useSay(voiceTexts);
  const [{ data, error }] = useQuery({ query: VOICE_CHOICES, variables: { currency: currency ?? null } });
  const tariffs =
    data?.tariffs.edges.map(({ node: { id, name, currency: its } }) => ({
      ...{ value: id, text: currency === undefined ? say("tariffIn", { name, currency: its }) : name },
    })) ?? [];
  return (
    <>
      {error && <Failed failure={failureOf(error)} />}
      <FieldGroup title={say("sipContact")}>
        <TextField
          name={`${within}sipContact.host`}
          label={say("host")}
          hint={noHost}
          value={form.host}
          onChange={(host) => {
            change({ host });
          }}
        />
        <NumberField
          name={`${within}sipContact.port`}
          label={say("port")}
          hint={say("portHint")}
          value={form.port}
          onChange={(port) => {
            change({ port });
          }}
        />
        <SelectField
          name={`${within}sipContact.transport`}
          label={say("transport")}
          value={form.transport}
          choices={TRANSPORTS.map((value) => ({ value, text: value }))}
          onChange={(transport) => {
            change({ transport });
          }}
        />
      </FieldGroup>
      <FieldGroup title={title}>
        <SelectField
          name={`${within}servicePolicyId`}
          label={say("servicePolicy")}
          value={form.servicePolicyId}
          none={none}
          choices={data?.servicePolicies.edges.map(({ node }) => ({ value: node.id, text: node.name })) ?? []}
          onChange={(servicePolicyId) => {
            change({ servicePolicyId });
          }}
        />
        <SelectField
          name={`${within}incomingTariffId`}
          label={say("incomingTariff")}
          value={form.incomingTariffId}
          none={none}
          choices={tariffs}
          onChange={(incomingTariffId) => {
            change({ incomingTariffId });
          }}
        />
        <SelectField
          name={`${within}outgoingTariffId`}
          label={say("outgoingTariff")}
          value={form.outgoingTariffId}
          none={none}
          choices={tariffs}
          onChange={(outgoingTariffId) => {
            change({ outgoingTariffId });
          }}
        />
        <NumberField
          name={`${within}maxCalls`}
          label={say("maxCalls")}
          value={form.maxCalls}
          onChange={(maxCalls) => {
            change({ maxCalls });
          }}
        />
        <NumberField
          name={`${within}maxSeconds`}
          label={say("maxSeconds")}
          value={form.maxSeconds}
          onChange={(maxSeconds) => {
            change({ maxSeconds });
          }}
        />
        <SelectField
          name={`${within}language`}
          label={say("language")}
          value={form.language}
          none={none}
          choices={LANGUAGES.map((value) => ({ value, text: say(value) }))}
          onChange={(language) => {
            change({ language });
          }}
        />
      </FieldGroup>
    </>
  );
};
