import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { languages, readCatalogue } from "./catalogue.js";
import { EXAMPLES, exampleOf, sayPrompt } from "./say.js";

const ivr = fileURLToPath(new URL("../../../ivr/", import.meta.url));
const { prompts, reviewed } = readCatalogue(readFileSync(`${ivr}prompts.yaml`, "utf8"));
const named = (id: string, application = "") => {
  const found = prompts.find((prompt) => prompt.id === id && prompt.application.startsWith(application));
  if (!found) throw new Error(`there is no prompt ${id}`);
  return found;
};
/** Names in braces of an ICU message. */
const variablesOf = (text: string) =>
  [...new Set([...text.matchAll(/\{([a-z]+)[,}]/g)].map(([, name]) => name))].sort();

describe("the catalogue of prompts", () => {
  it("has every application, and says whether natives have reviewed it", () => {
    expect([...new Set(prompts.map(({ application }) => application))]).toEqual([
      ...["announcements", "conferencing", "voice-mailbox", "auto-attendant", "prepaid-card", "callback", "self-care"],
      ...["one-stage-calling", "fax", "call-quality-test"],
    ]);
    expect(reviewed).toEqual({ en: false, it: false });
  });

  it("uses in both languages exactly the variables that it declares", () => {
    for (const { id, variables, texts } of prompts) {
      for (const language of languages) {
        expect(variablesOf(texts[language]), `${id} ${language}`).toEqual(Object.keys(variables).sort());
      }
    }
  });

  it("says every prompt whole in both languages, and not the same in both", () => {
    for (const prompt of prompts) {
      const [en, it] = languages.map((language) => sayPrompt(prompt, language, exampleOf(prompt)));
      for (const said of [en, it]) expect(said, prompt.id).toMatch(/^[^{}#]+[.?!]$/);
      expect(en).not.toBe(it);
    }
  });

  it("says counts by the plurals of the language", () => {
    const say = (id: string, name: string, application?: string) =>
      languages.map((language) =>
        [0, 1, 2].map((count) => sayPrompt(named(id, application), language, { [name]: count })),
      );
    expect(say("messages", "fresh")).toEqual([
      ["You have no new messages.", "You have one new message.", "You have 2 new messages."],
      ["Non ha nuovi messaggi.", "Ha un nuovo messaggio.", "Ha 2 nuovi messaggi."],
    ]);
    expect(say("time-left", "minutes")).toEqual([
      ["You have 0 minutes left.", "You have one minute left.", "You have 2 minutes left."],
      ["Le restano 0 minuti.", "Le resta un minuto.", "Le restano 2 minuti."],
    ]);
  });

  it("says amounts and days in words", () => {
    const prompt = named("due", "self-care");
    const given = { amount: EXAMPLES.amount, day: EXAMPLES.date };
    expect(languages.map((language) => sayPrompt(prompt, language, given))).toEqual([
      "An amount of 15 euros and 5 cents is due on 1 November 2020.",
      "Il pagamento di 15 euro e 5 centesimi scade il giorno primo novembre 2020.",
    ]);
    expect(() => sayPrompt(prompt, "en", {})).toThrow("There is no value of amount.");
  });

  it("says no Italian article before a day, which some days would elide", () => {
    const eighth = { amount: EXAMPLES.amount, day: "2020-11-08", number: EXAMPLES.digits };
    const dated = prompts.filter(({ variables }) => Object.values(variables).includes("date"));
    expect(dated.map((prompt) => sayPrompt(prompt, "it", eighth))).toEqual([
      "Ricevuto il giorno 8 novembre 2020 dal numero 1 2 0 1 5 5 5 0 1 9 9.",
      "La sua carta è valida fino al giorno 8 novembre 2020.",
      "Il pagamento di 15 euro e 5 centesimi scade il giorno 8 novembre 2020.",
      "Il suo ultimo pagamento è stato di 15 euro e 5 centesimi, il giorno 8 novembre 2020.",
      "Il suo sconto termina il giorno 8 novembre 2020.",
    ]);
  });

  it("ships a recording in whole packets for each prompt that is played", () => {
    const played = prompts.filter(({ played }) => played);
    expect(played.map(({ id }) => id).sort()).toEqual([
      ...["busy", "forbidden", "paused", "suspended", "try-later", "unknown-number"],
    ]);
    for (const { id, variables } of played) {
      expect(variables).toEqual({});
      for (const language of languages) {
        const file = `${ivr}played/${id}.${language}.ulaw`;
        expect(existsSync(file), file).toBe(true);
        expect(readFileSync(file).length % 160).toBe(0);
      }
    }
  });
});
