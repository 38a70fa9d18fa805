import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { accessPage } from "./access-page.js";

/** Writes docs/access.md, from the repository's root. */
await writeFile(resolve("docs/access.md"), accessPage());
