import { describe, expect, it } from "vitest";
import { sayIn, speechOf } from "./language.js";

const texts = {
  en: { greet: "Hello {name}", rows: "{count, plural, one {# row} other {# rows}}" },
  it: { greet: "Ciao {name}", rows: "{count, plural, one {# riga} other {# righe}}" },
};

describe("how a reader is spoken to", () => {
  it("is the first of his languages that there are texts in, with its region", () => {
    expect(speechOf(["de", "it-CH", "en"])).toEqual({ language: "it", locale: "it-CH", isPseudo: false });
    expect(speechOf(["not a tag", "en-GB"])).toEqual({ language: "en", locale: "en-GB", isPseudo: false });
    expect(speechOf([])).toEqual({ language: "en", locale: "en", isPseudo: false });
  });

  it("says texts with values, numbers as the language has them", () => {
    const it = sayIn(texts, speechOf(["it"]));
    expect([it("greet", { name: "Anna" }), it("rows", { count: 1 }), it("rows", { count: 12_000 })]).toEqual([
      ...["Ciao Anna", "1 riga", "12.000 righe"],
    ]);
    expect(sayIn(texts, speechOf(["it"]))).toBe(it);
  });

  it("is made strange for tests", () => {
    const say = sayIn(texts, speechOf(["en"], true));
    expect(say("greet", { name: "Anna" })).toBe("⟦Hélló Ánná~~~~⟧");
  });
});
