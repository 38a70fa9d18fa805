import "reflect-metadata";
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { schemaText } from "./schema.js";

/** Writes apps/api/schema.graphql, from the repository's root. */
await writeFile(resolve("apps/api/schema.graphql"), await schemaText());
