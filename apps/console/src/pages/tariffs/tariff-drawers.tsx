import { useState } from "react";
import { FieldGroup, SelectField, TextField } from "../../../../web/components/fields.js";
import { useSay } from "../../../../web/texts/speech.js";
import { bound } from "../../command/bound.js";
import { CommandDrawer } from "../../command/command-drawer.js";
import { textOf } from "../../command/filled.js";
import { useRevision } from "../../command/use-revision.js";
import { cloneTariff, defineTariff, reviseTariff, TARIFF_TERMS } from "./documents.js";
import { type ShownTariff } from "./query.js";
import { tariffTexts } from "./texts.js";

interface Reloading {
  readonly reload: () => void;
}

const KEYS = ["CLD", "CLI"] as const;
const ROUNDINGS = ["NEAREST", "UP"] as const;

export const DefineTariff = ({ reload }: Reloading) => {
  const say = useSay(tariffTexts);
  const [name, setName] = useState("");
  const [currency, setCurrency] = useState("");
  const [matchBy, setMatchBy] = useState<string>("CLD");
  const [duration, setDuration] = useState<string>("NEAREST");
  const [description, setDescription] = useState("");
  const [named, inCurrency] = [textOf(name), textOf(currency)];
  const terms = {
    matchBy: KEYS.find((one) => one === matchBy) ?? "CLD",
    duration: ROUNDINGS.find((one) => one === duration) ?? "NEAREST",
    description: textOf(description),
  };
  return (
    <CommandDrawer
      title={say("defineTariff")}
      {...defineTariff}
      input={named !== null && inCurrency !== null ? { name: named, currency: inCurrency, ...terms } : null}
      confirm={say("define")}
      reload={reload}
    >
      <FieldGroup>
        <TextField name="name" label={say("name")} value={name} onChange={setName} isRequired />
        <TextField
          name="currency"
          label={say("currency")}
          hint={say("currencyHint")}
          value={currency}
          onChange={setCurrency}
          isRequired
        />
        <SelectField
          name="matchBy"
          label={say("matchBy")}
          value={matchBy}
          choices={KEYS.map((value) => ({ value, text: say(value) }))}
          onChange={setMatchBy}
        />
        <SelectField
          name="duration"
          label={say("duration")}
          value={duration}
          choices={ROUNDINGS.map((value) => ({ value, text: say(value) }))}
          onChange={setDuration}
        />
        <TextField name="description" label={say("description")} value={description} onChange={setDescription} />
      </FieldGroup>
    </CommandDrawer>
  );
};

interface Given extends Reloading {
  readonly tariff: ShownTariff;
}

export const ReviseTariff = ({ tariff, reload }: Given) => {
  const say = useSay(tariffTexts);
  const { id } = tariff;
  const revision = useRevision({
    shown: { name: tariff.name, description: tariff.description },
    formOf: ({ name, description }) => ({ name, description: description ?? "" }),
    read: async (client) => (await client.query(TARIFF_TERMS, { id }).toPromise()).data?.tariff ?? null,
    told: (["name", "description"] as const).map((field) => ({ field, name: say(field) })),
  });
  const of = bound(revision.form, revision.change);
  return (
    <CommandDrawer
      title={say("reviseNamed", { name: tariff.name })}
      {...reviseTariff}
      input={revision.ask({ tariffId: id }, ({ name, description }) => {
        const named = textOf(name);
        return named === null ? null : { name: named, description: textOf(description) };
      })}
      revision={revision}
      confirm={say("revise")}
      reload={reload}
    >
      <TextField {...of("name")} label={say("name")} isRequired />
      <TextField {...of("description")} label={say("description")} />
    </CommandDrawer>
  );
};

export const CloneTariff = ({ tariff, reload }: Given) => {
  const say = useSay(tariffTexts);
  const [name, setName] = useState("");
  const named = textOf(name);
  return (
    <CommandDrawer
      title={say("cloneNamed", { name: tariff.name })}
      {...cloneTariff}
      input={named === null ? null : { tariffId: tariff.id, name: named }}
      confirm={say("clone")}
      reload={reload}
    >
      <p>{say("cloneHint")}</p>
      <TextField name="name" label={say("name")} value={name} onChange={setName} isRequired />
    </CommandDrawer>
  );
};
