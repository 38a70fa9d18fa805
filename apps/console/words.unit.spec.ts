import { readdir } from "node:fs/promises";
import { expect, it } from "vitest";

/* One word for one thing: what the glossary calls so in English is called the same on every page in Italian. */

/** Beginnings of words, by the English word. */
const WORDS: Readonly<Record<string, RegExp>> = {
  account: /account/i,
  "add-on product": /prodott[oi] aggiuntiv[oi]/i,
  alias: /alias/i,
  "billing period": /period[oi] di fatturazione/i,
  call: /chiamat/i,
  commitment: /impegn/i,
  "credit note": /not[ae] di credito/i,
  customer: /client/i,
  discount: /scont/i,
  "discount rate": /tasso di sconto/i,
  history: /cronologia/i,
  invoice: /fattur/i,
  "main product": /prodott[oi] principal[ei]/i,
  offer: /offert/i,
  "one-time fee": /cost[oi] una tantum/i,
  pause: /paus/i,
  payment: /pagament/i,
  penalty: /penal/i,
  plan: /pian[oi]/i,
  "recurring fee": /canon[ei]/i,
  tariff: /listin/i,
  ticket: /ticket/i,
  "transfer fee": /cost[oi] di subentro/i,
  upgrade: /upgrade/i,
};

/** Words for the same things that pages had before. */
const OTHERS = /\butenz|\blinee?\b(?! telefonica)|\bcessa|’/i;

/** In which the English word is another thing, or is understood. */
const OTHER_THINGS: readonly string[] = ["pages/customer/texts.it.ts statementOf"];

const withoutValues = (text: string): string => text.replaceAll(/\{\w+\}/g, "");

type Texts = Readonly<Record<string, string>>;

interface Said {
  readonly file: string;
  readonly en: Texts;
  readonly it: Texts;
}

const isBoth = (exported: unknown): exported is Omit<Said, "file"> =>
  typeof exported === "object" && exported !== null && "en" in exported && "it" in exported;

/** All texts of the console: files of both languages, and pairs of files of one. */
const texts = async (): Promise<Said[]> => {
  const folder = new URL("src/", import.meta.url);
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".ts"));
  const load = async (name: string) => (await import(new URL(name, folder).href)) as Readonly<Record<string, unknown>>;
  const pairs = names.flatMap((name) =>
    /(^|[./])it\.ts$/.test(name) ? [[name, name.replace(/it\.ts$/, "en.ts")]] : [],
  );
  const both = names.filter((name) => /texts\.ts$/.test(name));
  return [
    ...(await Promise.all(
      pairs.map(async ([it = "", en = ""]) => ({
        file: it,
        en: (await load(en))["en"] as Texts,
        it: (await load(it))["it"] as Texts,
      })),
    )),
    ...(await Promise.all(both.map(async (file) => ({ file, exported: Object.values(await load(file)) })))).flatMap(
      ({ file, exported }) => exported.filter(isBoth).map(({ en, it }) => ({ file, en, it })),
    ),
  ];
};

it("is held by all texts of pages", async () => {
  const all = await texts();
  expect(all.length).toBeGreaterThan(20);
  const wrong: string[] = [];
  for (const { file, en, it: italian } of all) {
    for (const [key, text] of Object.entries(en)) {
      const said = withoutValues(italian[key] ?? "");
      const missing = Object.entries(WORDS).filter(
        ([word, expected]) => new RegExp(`\\b${word}s?\\b`, "i").test(withoutValues(text)) && !expected.test(said),
      );
      const isOther = OTHERS.test(said);
      if (OTHER_THINGS.includes(`${file} ${key}`)) continue;
      if (missing.length > 0 || isOther) {
        wrong.push(`${file} ${key}: ${text} / ${said} (${missing.map(([word]) => word).join(", ")})`);
      }
    }
  }
  expect(wrong).toEqual([]);
});
