import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { jsonSchema } from "./json-schema.js";

/** Writes docs/scenario.schema.json, from the repository's root. */
await writeFile(resolve("docs/scenario.schema.json"), `${JSON.stringify(jsonSchema(), null, 2)}\n`);
