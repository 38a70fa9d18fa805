import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Catalogue, languages, readCatalogue } from "./catalogue.js";
import { exampleOf, sayPrompt } from "./say.js";
import { synthesise, wavOf } from "./synthesise.js";

/*
 * `npm run prompts`: synthesises the recordings that Tenure plays, into ivr/played. `npm run prompts -- --export FOLDER`:
 * the whole catalogue as prompts.json, and every prompt as a wav file, for the operator's media server.
 */

/** Compiled to dist/apps/announcer/prompts. */
const ivr = fileURLToPath(new URL("../../../../ivr/", import.meta.url));

const played = async ({ prompts }: Catalogue): Promise<number> => {
  const folder = join(ivr, "played");
  await mkdir(folder, { recursive: true });
  const own = prompts.filter((prompt) => prompt.played);
  for (const { id, texts } of own) {
    for (const language of languages) {
      await writeFile(join(folder, `${id}.${language}.ulaw`), await synthesise(texts[language], language));
    }
  }
  return own.length * languages.length;
};

const exported = async ({ reviewed, prompts }: Catalogue, folder: string): Promise<number> => {
  const shown = [];
  for (const prompt of prompts) {
    const { application, id, variables, texts } = prompt;
    await mkdir(join(folder, application), { recursive: true });
    const recordings: Record<string, { file: string; says: string }> = {};
    for (const language of languages) {
      const says = sayPrompt(prompt, language, exampleOf(prompt));
      const file = `${application}/${id}.${language}.wav`;
      await writeFile(join(folder, file), wavOf(await synthesise(says, language)));
      recordings[language] = { file, says };
    }
    shown.push({ application, id, variables, texts, recordings });
  }
  const about =
    "Prompts and texts for the operator's media server; where a text has variables, its recording is an example.";
  const json = { about, reviewedByNatives: reviewed, prompts: shown };
  await writeFile(join(folder, "prompts.json"), `${JSON.stringify(json, null, 2)}\n`);
  return shown.length * languages.length;
};

const { values } = parseArgs({ options: { export: { type: "string" } } });
const catalogue = readCatalogue(await readFile(join(ivr, "prompts.yaml"), "utf8"));
const count = values.export === undefined ? await played(catalogue) : await exported(catalogue, values.export);
console.log(`${count} recordings${catalogue.reviewed.it ? "" : "; no native speaker has reviewed the Italian"}`);
