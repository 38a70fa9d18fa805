import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { languages, readCatalogue } from "./catalogue.js";
import { exampleOf, sayPrompt } from "./say.js";
import { synthesise, wavOf } from "./synthesise.js";

const isThere = ["espeak-ng", "sox"].every((program) => spawnSync(program, ["--version"]).status === 0);
if (!isThere) console.log("Prompts are synthesised by espeak-ng and sox: apt-get install espeak-ng sox; skipped.");

const file = fileURLToPath(new URL("../../../ivr/prompts.yaml", import.meta.url));
const { prompts } = readCatalogue(readFileSync(file, "utf8"));

describe.skipIf(!isThere)("speech", () => {
  it("is made of the first prompt of every application, at least a second of it", async () => {
    for (const prompt of prompts.filter(({ application }, at) => prompts[at - 1]?.application !== application)) {
      for (const language of languages) {
        const speech = await synthesise(sayPrompt(prompt, language, exampleOf(prompt)), language);
        expect(speech.length % 160, prompt.id).toBe(0);
        expect(speech.length, prompt.id).toBeGreaterThan(8_000);
      }
    }
  });

  it("is the same, byte by byte, when it is made again", async () => {
    const make = () => synthesise("Le restano 3 minuti.", "it");
    expect((await make()).equals(await make())).toBe(true);
  });

  it("is a file that sox reads back to the same bytes", async () => {
    const speech = await synthesise("All lines are busy.", "en");
    const raw = ["-t", "wav", "-", "-t", "raw", "-e", "mu-law", "-"];
    const { stdout, stderr } = spawnSync("sox", ["-D", ...raw], { input: wavOf(speech) });
    expect([stderr.toString(), stdout.equals(speech)]).toEqual(["", true]);
  });
});
