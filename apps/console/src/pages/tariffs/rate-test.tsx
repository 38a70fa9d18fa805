import { useState } from "react";
import { useClient } from "urql";
import { Button } from "../../../../web/components/button.js";
import { NumberField, TextField } from "../../../../web/components/fields.js";
import { Notice } from "../../../../web/components/notice.js";
import { Failed } from "../../refusal/failed.js";
import { Panel } from "../../../../web/components/panel.js";
import { Table, type TableColumn } from "../../../../web/components/table.js";
import { type Failure, failureOf } from "../../../../web/failure.js";
import { useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { textOf } from "../../command/filled.js";
import { TEST_RATE, type Tested } from "./documents.js";
import { type ShownTariff } from "./query.js";
import { tariffTexts } from "./texts.js";
import style from "./tariffs.module.css";

type Step = Tested["steps"][number];

/** What a call would cost now, and how that comes about. */
export const RateTest = ({ tariff: { id: tariffId } }: { readonly tariff: ShownTariff }) => {
  const say = useSay(tariffTexts);
  const client = useClient();
  const [number, setNumber] = useState("");
  const [seconds, setSeconds] = useState<number | null>(60);
  const [found, setFound] = useState<Tested | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const test = async (): Promise<void> => {
    const asked = { tariffId, number: textOf(number), seconds: seconds ?? 0 };
    const { data, error } = await client.query(TEST_RATE, asked, { requestPolicy: "network-only" }).toPromise();
    setFailure(error ? failureOf(error) : null);
    setFound(data?.testRate ?? null);
  };
  return (
    <Panel title={say("testRate")}>
      <form
        className={style.row}
        onSubmit={(event) => {
          event.preventDefault();
          void test();
        }}
      >
        <TextField name="number" label={say("number")} hint={say("numberHint")} value={number} onChange={setNumber} />
        <NumberField name="seconds" label={say("length")} value={seconds} onChange={setSeconds} />
        <Button type="submit">{say("test")}</Button>
      </form>
      {failure && <Failed failure={failure} />}
      <div aria-live="polite">{found && <Result tested={found} />}</div>
    </Panel>
  );
};

const Result = ({ tested }: { readonly tested: Tested }) => {
  const say = useSay(tariffTexts);
  const { money } = useMoney();
  const { state, reason, rate, amount, chargedSeconds, currency, passedOver, steps } = tested;
  const nameOf = (prefix: string): string => (prefix === "" ? say("defaultRate") : prefix);
  const columns: readonly TableColumn<Step>[] = [
    { id: "step", title: say("step"), cell: ({ what }) => say(what) },
    {
      id: "value",
      title: say("value"),
      isNumber: true,
      cell: ({ unit, value }) => {
        if (unit === "SECONDS") return say("inSeconds", { value });
        const shown = money(value, currency);
        return unit === "PER_MINUTE" ? say("perMinute", { value: shown }) : shown;
      },
    },
  ];
  return (
    <>
      <Notice
        title={
          state === "RATED" && amount !== null
            ? say("costs", {
                amount: money(amount, currency),
                charged: chargedSeconds ?? 0,
                prefix: nameOf(rate?.prefix ?? ""),
              })
            : say(reason === "FORBIDDEN" ? "FORBIDDEN" : "NO_RATE")
        }
      />
      {passedOver.length > 0 && (
        <p>{say("passedOver", { prefixes: passedOver.map(({ prefix }) => nameOf(prefix)).join(", ") })}</p>
      )}
      {steps.length > 0 && <Table label={say("answer")} columns={columns} rows={steps} keyOf={({ what }) => what} />}
    </>
  );
};
