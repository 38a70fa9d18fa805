import { isLiteralElement, isPoundElement } from "@formatjs/icu-messageformat-parser";
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import { en, type Texts } from "./en.js";
import { it as italian } from "./it.js";
import { sayIn, speechOf } from "../../../web/texts/language.js";
import { appTexts } from "./app.js";

describe("texts", () => {
  const keys = Object.keys(en) as (keyof Texts)[];
  /** The values that a message names, sorted. */
  const named = (message: string): string[] =>
    new IntlMessageFormat(message, "en")
      .getAst()
      .flatMap((part) => (isLiteralElement(part) || isPoundElement(part) ? [] : [part.value]))
      .sort();

  it("name the same values in every language", () => {
    expect(keys.map((key) => [key, named(italian[key])])).toEqual(keys.map((key) => [key, named(en[key])]));
  });

  it("are spoken in the reader's language, else in English", () => {
    const said = (wanted: string) => {
      const speech = speechOf([wanted]);
      const say = sayIn(appTexts, speech);
      return [speech.locale, say("link"), say("hits", { count: 1 }), say("hits", { count: 3 })];
    };
    expect(["it", "it-CH", "en-GB", "de", "not a language"].map(said)).toEqual([
      ["it", "Collega", "1 cliente", "3 clienti"],
      ["it-CH", "Collega", "1 cliente", "3 clienti"],
      ["en-GB", "Link", "1 customer", "3 customers"],
      ["en", "Link", "1 customer", "3 customers"],
      ["en", "Link", "1 customer", "3 customers"],
    ]);
  });

  it("take names as they are", () => {
    const say = sayIn(appTexts, speechOf(["en"]));
    expect(say("linkQuestion", { organization: "{A} <b>'B'</b>", name: "O''Neil" })).toBe(
      "Link {A} <b>'B'</b> to O''Neil?",
    );
  });
});
