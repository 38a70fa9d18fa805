import { readdir } from "node:fs/promises";
import { expect, it } from "vitest";

/* One word for one thing: what the glossary calls so in English is called the same on every page in Italian. */

/** Beginnings of words, by the English word. */
const WORDS: Readonly<Record<string, RegExp>> = {
  account: /account/i,
  commitment: /impegn/i,
  customer: /client/i,
  invoice: /fattur/i,
  "credit note": /not[ae] di credito/i,
  payment: /pagament/i,
  offer: /offert/i,
  plan: /pian[oi]/i,
  pause: /paus/i,
  discount: /scont/i,
  penalty: /penal/i,
  alias: /alias/i,
  upgrade: /upgrade/i,
};

/** Words for the same things that pages had before. */
const OTHERS = /\butenz|\blinee?\b(?! telefonica)|\bcessa|’/i;

/** In which the English word is another thing. */
const OTHER_THINGS: readonly string[] = ["pages/customer/texts.it.ts statementOf"];

const withoutValues = (text: string): string => text.replaceAll(/\{\w+\}/g, "");

type Texts = Readonly<Record<string, string>>;

it("is held by all texts of pages", async () => {
  const folder = new URL("src/", import.meta.url);
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith("texts.it.ts"));
  const wrong: string[] = [];
  for (const file of files) {
    const { it: italian } = (await import(new URL(file, folder).href)) as { it: Texts };
    const { en } = (await import(new URL(file.replace(".it.ts", ".en.ts"), folder).href)) as { en: Texts };
    for (const [key, text] of Object.entries(en)) {
      const said = withoutValues(italian[key] ?? "");
      const missing = Object.entries(WORDS).filter(
        ([word, expected]) => new RegExp(`\\b${word}s?\\b`, "i").test(withoutValues(text)) && !expected.test(said),
      );
      const isOther = OTHERS.test(said);
      if (OTHER_THINGS.includes(`${file} ${key}`)) continue;
      if (missing.length > 0 || isOther) wrong.push(`${file} ${key}: ${text} / ${said}`);
    }
  }
  expect(wrong).toEqual([]);
});
