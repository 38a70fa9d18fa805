import { useState } from "react";
import { useQuery } from "urql";
import { NumberField, ReasonField, SelectField, TextField } from "../../../../web/components/fields.js";
import { failureOf } from "../../../../web/failure.js";
import { useSay } from "../../../../web/texts/speech.js";
import { CommandDrawer } from "../../command/command-drawer.js";
import { textOf } from "../../command/filled.js";
import { Failed } from "../../refusal/failed.js";
import { ACCOUNT_OF_NUMBER, CALL_TARIFFS, correctCalls, rateCalls } from "./documents.js";
import { type ListedCall } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

interface Given {
  readonly calls: readonly ListedCall[];
  readonly reload: () => void;
}

const keysOf = (calls: readonly ListedCall[]): string[] => calls.map(({ id }) => id);

/** Gives amounts to calls that have none. */
export const RateCalls = ({ calls, reload }: Given) => {
  const say = useSay({ en, it });
  const [tariffId, setTariff] = useState("");
  const [seconds, setSeconds] = useState<number | null>(null);
  const [number, setNumber] = useState("");
  const isOfNobody = calls.some(({ account }) => account === null);
  const isInterrupted = calls.some(({ ended }) => ended === null);
  const wanted = textOf(number);
  const [{ data, error, fetching }] = useQuery({
    query: ACCOUNT_OF_NUMBER,
    variables: { number: wanted ?? "" },
    pause: wanted === null,
  });
  const account = wanted === null ? null : (data?.accountAliases.edges[0]?.node.account ?? null);
  const isReady = !isOfNobody || account !== null;
  const input = {
    keys: keysOf(calls),
    tariffId: textOf(tariffId),
    seconds: seconds === null ? null : String(seconds),
    accountId: account?.id ?? null,
  };
  return (
    <CommandDrawer
      title={say("rateCalls")}
      {...rateCalls}
      input={isReady ? input : null}
      confirm={say("giveAmounts")}
      reload={reload}
    >
      <p>{say("rateHint", { count: calls.length })}</p>
      {isOfNobody && (
        <>
          <TextField name="accountId" label={say("ofWhom")} value={number} onChange={setNumber} isRequired />
          <p aria-live="polite">
            {account
              ? say("isOf", { name: account.customer?.contact.name ?? "" })
              : wanted !== null && !fetching && data && say("isNobodys")}
          </p>
          {error && <Failed failure={failureOf(error)} />}
        </>
      )}
      <TariffField calls={calls} value={tariffId} onChange={setTariff} none={say("accountsTariff")} />
      {isInterrupted && (
        <NumberField name="seconds" label={say("length")} value={seconds} onChange={setSeconds} isRequired />
      )}
    </CommandDrawer>
  );
};

const ACTS = ["VOID", "AGAIN"] as const;

/** Voids calls that have an amount, or rates them again. */
export const CorrectCalls = ({ calls, reload }: Given) => {
  const say = useSay({ en, it });
  const [act, setAct] = useState<string>("VOID");
  const [tariffId, setTariff] = useState("");
  const [seconds, setSeconds] = useState<number | null>(null);
  const [typed, setReason] = useState("");
  const reason = textOf(typed);
  const isVoid = act === "VOID";
  const again = { tariffId: textOf(tariffId), seconds: seconds === null ? null : String(seconds) };
  const isReady = reason !== null && (isVoid || again.tariffId !== null || again.seconds !== null);
  const input = { keys: keysOf(calls), reason, ...(isVoid ? { void: true } : again) };
  return (
    <CommandDrawer
      title={say("correctCalls")}
      {...correctCalls}
      input={isReady ? input : null}
      confirm={say(isVoid ? "voidCalls" : "rateAgain")}
      isDangerous={isVoid}
      reload={reload}
    >
      <p>{say("correctHint", { count: calls.length })}</p>
      <SelectField
        name="void"
        label={say("act")}
        value={act}
        choices={ACTS.map((value) => ({ value, text: say(value) }))}
        onChange={setAct}
      />
      {!isVoid && (
        <>
          <NumberField
            name="seconds"
            label={say("length")}
            hint={say("asRecorded")}
            value={seconds}
            onChange={setSeconds}
          />
          <TariffField calls={calls} value={tariffId} onChange={setTariff} none={say("sameTariff")} />
        </>
      )}
      <ReasonField label={say("why")} value={typed} onChange={setReason} isRequired />
    </CommandDrawer>
  );
};

interface TariffGiven extends Pick<Given, "calls"> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly none: string;
}

/** Tariffs in the currency that the customer pays in. */
const TariffField = ({ calls, value, onChange, none }: TariffGiven) => {
  const say = useSay({ en, it });
  const currency = calls.map(({ customer }) => customer?.currency).find((one) => one !== undefined) ?? null;
  const [{ data, error }] = useQuery({ query: CALL_TARIFFS, variables: { currency } });
  return (
    <>
      <SelectField
        name="tariffId"
        label={say("tariff")}
        value={value}
        none={none}
        choices={data?.tariffs.edges.map(({ node }) => ({ value: node.id, text: node.name })) ?? []}
        onChange={onChange}
      />
      {error && <Failed failure={failureOf(error)} />}
    </>
  );
};
