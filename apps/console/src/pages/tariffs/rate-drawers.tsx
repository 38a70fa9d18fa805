import { useState } from "react";
import {
  CheckboxField,
  DateField,
  FieldGroup,
  MoneyField,
  NumberField,
  TextField,
} from "../../../../web/components/fields.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandDrawer } from "../../command/command-drawer.js";
import { textOf } from "../../command/filled.js";
import { changeRates, removeRates } from "./documents.js";
import { type ShownRate, type ShownTariff } from "./query.js";
import { FLAGS } from "./search.js";
import { tariffTexts } from "./texts.js";

interface Given {
  readonly tariff: ShownTariff;
  readonly reload: () => void;
}

export const AddRate = ({ tariff: { id: tariffId, currency }, reload }: Given) => {
  const say = useSay(tariffTexts);
  const [prefix, setPrefix] = useState("");
  const [description, setDescription] = useState("");
  const [country, setCountry] = useState("");
  const [from, setFrom] = useState<string | null>(null);
  const [priceFirst, setPriceFirst] = useState<string | null>(null);
  const [priceNext, setPriceNext] = useState<string | null>(null);
  const [connectFee, setConnectFee] = useState<string | null>(null);
  const [firstInterval, setFirst] = useState<number | null>(null);
  const [nextInterval, setNext] = useState<number | null>(null);
  const [flags, setFlags] = useState<Partial<Record<(typeof FLAGS)[number], boolean>>>({});
  const rate = priceFirst !== null && {
    prefix: prefix.trim(),
    description: textOf(description),
    country: textOf(country)?.toUpperCase() ?? null,
    priceFirst,
    priceNext: priceNext ?? priceFirst,
    ...(from !== null && { effectiveFrom: `${from}T00:00:00Z` }),
    ...(connectFee !== null && { connectFee }),
    ...(firstInterval !== null && { firstInterval }),
    ...(nextInterval !== null && { nextInterval }),
    ...flags,
  };
  return (
    <CommandDrawer
      title={say("addRate")}
      {...changeRates}
      input={rate ? { tariffId, rates: [rate] } : null}
      confirm={say("add")}
      reload={reload}
    >
      <p>{say("addRateHint")}</p>
      <FieldGroup>
        <TextField name="rates.0.prefix" label={say("prefix")} value={prefix} onChange={setPrefix} />
        <DateField
          name="rates.0.effectiveFrom"
          label={say("effectiveFrom")}
          hint={say("fromHint")}
          value={from}
          onChange={setFrom}
        />
        <MoneyField
          name="rates.0.priceFirst"
          label={say("priceFirst")}
          currency={currency}
          value={priceFirst}
          onChange={setPriceFirst}
          isRequired
        />
        <MoneyField
          name="rates.0.priceNext"
          label={say("priceNext")}
          currency={currency}
          value={priceNext}
          onChange={setPriceNext}
        />
        <MoneyField
          name="rates.0.connectFee"
          label={say("connectFee")}
          currency={currency}
          value={connectFee}
          onChange={setConnectFee}
        />
        <NumberField
          name="rates.0.firstInterval"
          label={say("firstInterval")}
          value={firstInterval}
          onChange={setFirst}
        />
        <NumberField name="rates.0.nextInterval" label={say("nextInterval")} value={nextInterval} onChange={setNext} />
        <TextField
          name="rates.0.description"
          label={say("description")}
          value={description}
          onChange={setDescription}
        />
        <TextField
          name="rates.0.country"
          label={say("country")}
          hint={say("countryHint")}
          value={country}
          onChange={setCountry}
        />
        {FLAGS.map((flag) => (
          <CheckboxField
            key={flag}
            name={`rates.0.${flag}`}
            label={say(flag)}
            value={flags[flag] ?? false}
            onChange={(isOn) => {
              setFlags({ ...flags, [flag]: isOn });
            }}
          />
        ))}
      </FieldGroup>
    </CommandDrawer>
  );
};

export const RemoveRate = ({ tariff: { id: tariffId }, rate, reload }: Given & { readonly rate: ShownRate }) => {
  const say = useSay(tariffTexts);
  const { prefix, effectiveFrom } = rate;
  return (
    <CommandDrawer
      title={say("removeRate")}
      {...removeRates}
      input={{ tariffId, rates: [{ prefix, effectiveFrom }] }}
      confirm={say("remove")}
      isDangerous
      reload={reload}
    >
      <p>{say("removeHint")}</p>
    </CommandDrawer>
  );
};
