import { link, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * A secret that an embedded installation has made for itself: at its first start, in its data folder, for its user only.
 * Of two that make one at the same time, one is kept.
 * @param name of the file in the data folder
 * @param make returns the secret's text
 * @returns its text, trimmed
 */
export const ownFile = async (dataDir: string, name: string, make: () => string): Promise<string> => {
  const file = join(dataDir, name);
  const kept = await read(file);
  if (kept !== undefined) return kept;
  const draft = `${file}.draft`;
  await rm(draft, { force: true });
  await writeFile(draft, `${make().trim()}\n`, { mode: 0o600, flag: "wx", flush: true });
  await link(draft, file).catch((error: unknown) => {
    if ((error as { code?: unknown }).code !== "EEXIST") throw error;
  });
  await rm(draft, { force: true });
  return (await read(file)) ?? "";
};

const read = async (file: string): Promise<string | undefined> => {
  try {
    return (await readFile(file, "utf8")).trim() || undefined;
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return undefined;
    throw error;
  }
};
