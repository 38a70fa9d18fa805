import { randomBytes } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const FILE = "token";

/**
 * The token of operators that an embedded installation has made for itself: at its first start, in its data folder, for
 * its user only. Of two that make one at the same time, one is kept.
 */
export const ownToken = async (dataDir: string): Promise<string> => {
  const file = join(dataDir, FILE);
  const kept = await read(file);
  if (kept !== undefined) return kept;
  const draft = `${file}.draft`;
  await rm(draft, { force: true });
  await writeFile(draft, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx", flush: true });
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
