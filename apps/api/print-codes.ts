import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { codesPage } from "./graphql/codes.js";

/** Writes docs/codes.md, from the repository's root. */
await writeFile(resolve("docs/codes.md"), codesPage());
