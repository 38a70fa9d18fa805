import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { rejectionCases } from "#domain/rejection-facts.js";
import { type Refusal } from "../web/failure.js";
import { sayIn, speechOf } from "../web/texts/language.js";
import { refusalSentence } from "./src/refusal/refusal-sentence.js";
import { en } from "./src/refusal/texts.en.js";
import { it as italian } from "./src/refusal/texts.it.js";

/* Whatever the API refuses is said in the languages of the pages. */

const schema = await readFile("apps/api/schema.graphql", "utf8");
const [, listed = ""] = /^enum ErrorCode \{(.*?)^\}/ms.exec(schema) ?? [];
const codes = [...listed.matchAll(/^ {2}([A-Z_]+)$/gm)].map(([, code = ""]) => code as keyof typeof en);

const texts = { en, it: italian };

/** The names of the values that a text takes. */
const valuesOf = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{(\w+)[},]/g)].map(([, name = ""]) => name)),
];

const written = {
  day: (day: string) => `<${day}>`,
  instant: (instant: string) => `<${instant}>`,
  money: (amount: string, currency: string) => `<${amount} ${currency}>`,
};

const said = (language: "en" | "it", given: Partial<Refusal>): string =>
  refusalSentence(
    {
      ...{ why: "refused", sentence: "As the API says it.", code: "PAUSE_INVALID" },
      ...{ field: null, facts: null, request: null },
      ...given,
    },
    sayIn(texts, speechOf([language])),
    written,
  );

describe("a refusal", () => {
  it("has a text for every code and every case, in both languages, of facts that come with it", () => {
    const known = [...codes, ...Object.keys(rejectionCases), "lineOfFile", "cellOfFile"].sort();
    for (const language of [en, italian]) {
      expect(Object.keys(language).sort()).toEqual(known);
      for (const [name, facts] of Object.entries(rejectionCases)) {
        const taken = valuesOf(language[name as keyof typeof rejectionCases]);
        expect(
          taken.filter((each) => !(facts as readonly string[]).includes(each)),
          name,
        ).toEqual([]);
      }
      for (const name of codes) {
        expect(
          valuesOf(language[name]).filter((each) => each !== "sentence"),
          name,
        ).toEqual([]);
      }
    }
  });

  it("is said with the user's days and amounts", () => {
    const facts = { case: "PAUSE_THERE", from: "2020-08-01", until: "2020-09-30" };
    expect(said("en", { facts })).toBe("There is a pause from <2020-08-01> until <2020-09-30> already.");
    expect(said("it", { facts })).toBe("C'è già una pausa dal <2020-08-01> al <2020-09-30>.");
    const unused = { case: "UNUSED_TOO_SMALL", amount: "5.00", currency: "USD" };
    expect(said("it", { facts: unused })).toBe("Il credito non usato è <5.00 USD>: non si può rimborsare di più.");
    const call = { case: "CALL_WITHOUT_RATE", cld: "+12065551202", answered: "2026-11-28T12:00:00.000Z" };
    expect(said("en", { facts: call })).toBe(
      "There is no rate for the call to +12065551202 of <2026-11-28T12:00:00.000Z>.",
    );
    const fine = (decimals: string) => said("en", { facts: { case: "AMOUNT_TOO_FINE", currency: "JPY", decimals } });
    expect([fine("0"), fine("2")]).toEqual([
      ...["Amounts in JPY have no decimals.", "Amounts in JPY have at most 2 decimals."],
    ]);
  });

  it("is said with its line and column of a file, and with what stands there as it does", () => {
    const facts = { case: "CELL_NO_AMOUNT", text: "2020-08-01", line: "3", column: "priceFirst" };
    expect(said("en", { facts })).toBe("Line 3, priceFirst: “2020-08-01” is no amount such as 0.06.");
    const cells = { case: "CELLS_UNLIKE_NAMES", cells: "1", names: "4", line: "7" };
    expect(said("it", { facts: cells })).toBe("Riga 7: La riga ha 1 cella, quella dei nomi 4.");
  });

  it("is said by its code where it has no case that is known, and else as the API says it", () => {
    const unknown = { case: "NEWER_THAN_THE_PAGE", day: "2020-08-01" };
    expect(said("it", { code: "INVOICE_VOID", facts: unknown })).toBe("La fattura è già annullata.");
    expect(said("en", { facts: unknown })).toBe("As the API says it.");
    expect(said("it", {})).toBe("La pausa non è possibile (As the API says it.)");
    expect(said("it", { code: "NEWER" })).toBe("As the API says it.");
    // Without a fact that its text needs.
    expect(said("it", { facts: { case: "PAUSE_BEGUN" } })).toBe("As the API says it.");
  });

  it("is shown by what says it so, on every page", async () => {
    const folder = "apps/console/src";
    const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".tsx"));
    const plain: string[] = [];
    for (const name of files) {
      if ((await readFile(`${folder}/${name}`, "utf8")).includes("<FailureNotice")) plain.push(name);
    }
    // Before somebody is signed in, and what the others are made of.
    expect(plain.sort()).toEqual(["refusal/failed.tsx", "session/session.tsx"]);
  });
});
