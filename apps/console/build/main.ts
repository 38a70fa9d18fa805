import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

/*
 * The end of `npm run build`, from the repository's root: builds the console to dist/console, unless what it is made of
 * is what it was made of the last time.
 */

const SOURCES = ["apps/console/src", "apps/console/build", "apps/web"];
const FILES = ["package-lock.json"];
const OUT = "dist/console";
const MADE_OF = "dist/.console-made-of";

const hashOfSources = async (): Promise<string> => {
  const hash = createHash("sha256");
  const listed = SOURCES.map(async (folder) =>
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && !entry.parentPath.includes("generated"))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  for (const file of [...FILES, ...(await Promise.all(listed)).flat().sort()]) {
    hash
      .update(file)
      .update("\0")
      .update(await readFile(file))
      .update("\0");
  }
  return hash.digest("hex");
};

const main = async (): Promise<void> => {
  const madeOf = await hashOfSources();
  const isBuilt = await readFile(join(OUT, "index.html")).then(
    () => true,
    () => false,
  );
  if (isBuilt && (await readFile(MADE_OF, "utf8").catch(() => "")) === madeOf) return;
  await rm(MADE_OF, { force: true });
  const { buildConsole } = await import("./console.js");
  await buildConsole(resolve("."), resolve(OUT));
  await writeFile(MADE_OF, madeOf);
};

// Installed without what builds: the pages came with the package.
const canBuild = (): boolean => {
  try {
    createRequire(import.meta.url).resolve("vite");
    return true;
  } catch {
    return false;
  }
};

if (canBuild()) await main();
else console.error("The console is not built: Vite is not installed.");
