import { useId, useState } from "react";
import { type Client, useClient } from "urql";
import { Button } from "../../../../web/components/button.js";
import { CheckboxField } from "../../../../web/components/fields.js";
import { Notice } from "../../../../web/components/notice.js";
import { Failed } from "../../refusal/failed.js";
import { useRefusal } from "../../refusal/use-refusal.js";
import { Table, type TableColumn } from "../../../../web/components/table.js";
import { type Failure, failureOf, type Refusal } from "../../../../web/failure.js";
import { type Dates, useDates, useMoney } from "../../../../web/shown/shown.js";
import { type Say } from "../../../../web/texts/language.js";
import { useSay } from "../../../../web/texts/speech.js";
import { Drawer, useCloseDrawer } from "../../command/drawer.js";
import { useTell } from "../../frame/live.js";
import { HELD_RATES, type HeldRate, IMPORT_RATES, RATE_IMPORT, type RateChange } from "./documents.js";
import { type FilePart, filePartsOf } from "./file-parts.js";
import { endOfMissing } from "./missing-rates.js";
import { type ShownTariff } from "./query.js";
import { tariffTexts } from "./texts.js";
import { type TariffTexts } from "./texts.en.js";
import style from "./tariffs.module.css";

interface Given {
  readonly tariff: ShownTariff;
  readonly reload: () => void;
}

type Terms = NonNullable<RateChange["before"]>;

interface Mistake {
  readonly line: number;
  readonly column: string | null;
  /** In the user's language. */
  readonly said: string;
}

/** Says mistakes to the user. */
interface Says {
  readonly say: Say<TariffTexts>;
  readonly refusal: ReturnType<typeof useRefusal>;
  readonly instant: Dates["instant"];
}

/** On no line: of a prefix that the file does not have. */
type ToldChange = Omit<RateChange, "line"> & { readonly line: number | null };

/** A file as it was judged: with a mistake nothing of it can be imported. */
interface Judged {
  readonly parts: readonly { readonly part: FilePart; readonly isNew: boolean }[];
  readonly changes: readonly ToldChange[];
  readonly mistakes: readonly Mistake[];
  /** One for the whole import, kept over retries. */
  readonly key: string;
}

/** Imports a file of rates: first what it would change, or all its mistakes; then, confirmed, only what is new. */
export const ImportRates = ({ tariff, reload }: Given) => {
  const say = useSay(tariffTexts);
  const refusal = useRefusal();
  const { instant } = useDates();
  const client = useClient();
  const close = useCloseDrawer();
  const tell = useTell();
  const id = useId();
  const [file, setFile] = useState<File | null>(null);
  const [judged, setJudged] = useState<Judged | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isUnreadable, setUnreadable] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [endsMissing, setEndsMissing] = useState(false);
  const busily = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setFailure(error.failure);
    } finally {
      setBusy(false);
    }
  };
  const judge = (): Promise<void> =>
    busily(async () => {
      if (!file) return;
      const text = await textOf(file);
      setUnreadable(text === null);
      const says = { say, refusal, instant };
      setJudged(text === null ? null : await judgedBy(client, tariff.id, filePartsOf(text), says, endsMissing));
    });
  const record = (): Promise<void> =>
    busily(async () => {
      if (!judged) return;
      for (const [place, { part, isNew }] of judged.parts.entries()) {
        if (!isNew) continue;
        const input = { tariffId: tariff.id, ...part, idempotencyKey: `${judged.key}/${place + 1}` };
        const { error } = await client.mutation(IMPORT_RATES, { input }).toPromise();
        if (error) throw new Refused(failureOf(error));
      }
      close();
      reload();
      tell(say("imported"));
    });
  const isReady = judged !== null && judged.mistakes.length === 0 && judged.parts.some(({ isNew }) => isNew);
  return (
    <Drawer title={say("importTitle", { name: tariff.name })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void judge();
        }}
      >
        <p>
          <label htmlFor={id}>{say("file")}</label>
        </p>
        <input
          id={id}
          type="file"
          accept=".csv,text/csv"
          onChange={({ target }) => {
            setFile(target.files?.[0] ?? null);
            setJudged(null);
            setUnreadable(false);
          }}
        />
        <p>{say("fileHint")}</p>
        <CheckboxField
          name="endsMissing"
          label={say("endsMissing")}
          value={endsMissing}
          onChange={(isOn) => {
            setEndsMissing(isOn);
            setJudged(null);
          }}
        />
        <Button type="submit" isDisabled={file === null} isWaiting={isBusy && !isReady}>
          {say("dryRun")}
        </Button>
      </form>
      {failure && <Failed failure={failure} />}
      <div aria-live="polite">
        {isUnreadable && <Notice title={say("unreadable")} />}
        {judged && judged.mistakes.length > 0 && <Mistakes mistakes={judged.mistakes} />}
        {judged?.mistakes.length === 0 && <Changes changes={judged.changes} currency={tariff.currency} />}
      </div>
      {isReady && (
        <Button
          kind="primary"
          isWaiting={isBusy}
          onPress={() => {
            void record();
          }}
        >
          {say("confirmImport")}
        </Button>
      )}
    </Drawer>
  );
};

class Refused extends Error {
  constructor(readonly failure: Failure) {
    super();
  }
}

/** Null: it is not UTF-8. */
const textOf = async (file: File): Promise<string | null> => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return null;
  }
};

/** @throws Refused */
const judgedBy = async (
  client: Client,
  tariffId: string,
  parts: readonly FilePart[],
  says: Says,
  endsMissing: boolean,
): Promise<Judged> => {
  const found: { readonly part: FilePart; readonly changes: ToldChange[]; readonly mistakes: Mistake[] }[] = [];
  const judge = async (part: FilePart) => {
    const asked = { file: { tariffId, ...part } };
    const { data, error } = await client.query(RATE_IMPORT, asked, { requestPolicy: "network-only" }).toPromise();
    if (error) throw new Refused(failureOf(error));
    const mistakes = (data?.rateImport?.mistakes ?? []).map(({ line, column, code, message, facts }) => ({
      ...{ line, column },
      said: says.refusal({ code, sentence: message, facts: facts as Refusal["facts"] }),
    }));
    return { part, changes: data?.rateImport?.changes ?? [], mistakes };
  };
  for (const part of parts) found.push(await judge(part));
  const mistakes = [
    ...found.flatMap((one) => one.mistakes),
    ...repeatedIn(
      found.flatMap((one) => one.changes),
      says,
    ),
  ];
  if (endsMissing && mistakes.length === 0) {
    const has = new Set(found.flatMap((one) => one.changes.map(({ after }) => after.prefix)));
    const held = await heldRates(client, tariffId, "AT");
    const ended = endOfMissing(held, await heldRates(client, tariffId, "AT_AND_AFTER"), has);
    for (const part of ended === null ? [] : filePartsOf(ended)) {
      const judged = await judge(part);
      mistakes.push(...judged.mistakes);
      found.push({ ...judged, changes: judged.changes.map((change) => ({ ...change, line: null })) });
    }
  }
  const changes = found.flatMap((one) => one.changes);
  return {
    parts: found.map(({ part, changes: own }) => ({ part, isNew: own.some(({ kind }) => kind !== "UNCHANGED") })),
    changes,
    mistakes: mistakes.sort((a, b) => a.line - b.line),
    key: crypto.randomUUID(),
  };
};

/** All rates of a tariff that hold now, or also later. @throws Refused */
const heldRates = async (client: Client, tariffId: string, mode: "AT" | "AT_AND_AFTER"): Promise<HeldRate[]> => {
  const rates: HeldRate[] = [];
  for (let after: string | null = null, more = true; more;) {
    const asked: { tariffId: string; mode: typeof mode; after: string | null } = { tariffId, mode, after };
    const { data, error } = await client.query(HELD_RATES, asked, { requestPolicy: "network-only" }).toPromise();
    if (error || !data) throw new Refused(error ? failureOf(error) : { why: "unreachable", request: null });
    rates.push(...data.rates.edges.map(({ node }) => node));
    after = data.rates.pageInfo.endCursor;
    more = data.rates.pageInfo.hasNextPage;
  }
  return rates;
};

/** The API sees one part at a time: rates that are in two parts are found here. */
const repeatedIn = (changes: readonly ToldChange[], { say, instant }: Says): Mistake[] => {
  const lines = new Map<string, number>();
  return changes.flatMap(({ line, after: { prefix, effectiveFrom } }) => {
    const name = `${prefix} ${effectiveFrom}`;
    const before = lines.get(name);
    if (line === null) return [];
    if (before === undefined) lines.set(name, line);
    const from = instant(effectiveFrom);
    return before === undefined
      ? []
      : [{ line, column: null, said: say("repeatedLine", { prefix, from, line: before }) }];
  });
};

const FLAGS = ["discontinued", "forbidden", "hidden", "payback"] as const;

/** Rows that are listed. */
const LISTED = 100;

const Mistakes = ({ mistakes }: Pick<Judged, "mistakes">) => {
  const say = useSay(tariffTexts);
  const columns: readonly TableColumn<Mistake>[] = [
    { id: "line", title: say("line"), isNumber: true, cell: ({ line }) => line },
    { id: "column", title: say("column"), cell: ({ column }) => column ?? "–" },
    { id: "mistake", title: say("mistake"), cell: ({ said }) => said },
  ];
  const rows = mistakes.slice(0, LISTED);
  return (
    <>
      <Notice title={say("mistakes", { count: mistakes.length })} />
      <Table
        label={say("mistakes", { count: mistakes.length })}
        columns={columns}
        rows={rows}
        keyOf={({ line, column, said }) => `${line} ${column ?? ""} ${said}`}
      />
      <Rest shown={rows.length} count={mistakes.length} />
    </>
  );
};

const Changes = ({ changes, currency }: Pick<Judged, "changes"> & { readonly currency: string }) => {
  const say = useSay(tariffTexts);
  const { instant } = useDates();
  const { money } = useMoney();
  const told = changes.flatMap(({ kind, ...change }) => (kind === "UNCHANGED" ? [] : [{ kind, ...change }]));
  const count = (wanted: RateChange["kind"]): number => changes.filter(({ kind }) => kind === wanted).length;
  // All that a line can change.
  const terms = (rate: Terms): string =>
    [
      `${money(rate.priceFirst, currency)} / ${money(rate.priceNext, currency)}`,
      say("seconds", { first: rate.firstInterval, next: rate.nextInterval }),
      `${say("connectFee")} ${money(rate.connectFee, currency)}`,
      ...[rate.description, rate.country].filter((text) => text !== null),
      ...FLAGS.filter((flag) => rate[flag]).map((flag) => say(flag)),
    ].join(", ");
  const columns: readonly TableColumn<(typeof told)[number]>[] = [
    { id: "line", title: say("line"), isNumber: true, cell: ({ line }) => line ?? "–" },
    { id: "what", title: say("what"), cell: ({ kind }) => say(kind) },
    { id: "prefix", title: say("prefix"), cell: ({ after }) => after.prefix || say("defaultRate") },
    { id: "from", title: say("effectiveFrom"), cell: ({ after }) => instant(after.effectiveFrom) },
    { id: "before", title: say("before"), cell: ({ before }) => (before ? terms(before) : "–") },
    { id: "after", title: say("after"), cell: ({ kind, after }) => (kind === "DISCONTINUED" ? "–" : terms(after)) },
  ];
  const keyOf = ({ line, after }: (typeof told)[number]): string =>
    `${line ?? ""} ${after.prefix} ${after.effectiveFrom}`;
  const rows = told.slice(0, LISTED);
  const counts = {
    ...{ added: count("ADDED"), changed: count("CHANGED"), discontinued: count("DISCONTINUED") },
    unchanged: count("UNCHANGED"),
  };
  return (
    <>
      <Notice title={say(told.length === 0 ? "nothingNew" : "wouldChange", counts)} />
      {rows.length > 0 && <Table label={say("wouldChange", counts)} columns={columns} rows={rows} keyOf={keyOf} />}
      <Rest shown={rows.length} count={told.length} />
    </>
  );
};

const Rest = ({ shown, count }: { readonly shown: number; readonly count: number }) => {
  const say = useSay(tariffTexts);
  return shown < count ? <p className={style.more}>{say("shownOf", { shown, count })}</p> : null;
};
