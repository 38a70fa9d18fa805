import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { zipSync } from "fflate";
import { buildApp, type Files, type Sdk } from "./app.js";
import { type Installation, manifestOf, requirements, translations } from "./manifest.js";

/** The files of the package, as Zendesk wants them. @param root folder of Tenure's sources */
export const packageFiles = async (root: string, installation: Installation, sdk: Sdk): Promise<Files> => ({
  "manifest.json": json(manifestOf(installation)),
  "requirements.json": json(requirements),
  ...Object.fromEntries(
    Object.entries(translations).map(([language, texts]) => [`translations/${language}.json`, json(texts)]),
  ),
  "assets/logo.png": await readFile(join(root, "apps/zendesk-app/assets/logo.png")),
  ...Object.fromEntries(
    Object.entries(await buildApp(root, sdk)).map(([name, content]) => [`assets/${name}`, content]),
  ),
});

/** Files as a zip. The same files make the same bytes, whenever it is made. */
export const zipped = (files: Files): Uint8Array => {
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(Object.fromEntries(sorted), { level: 9, mtime: new Date(1980, 0, 1) });
};

const json = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
