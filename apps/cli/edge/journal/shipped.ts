import { open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";

/** How much of a boot was shipped, and when that was acknowledged. */
export interface Shipped {
  /** By file of ends. */
  readonly files: Readonly<Record<string, { readonly offset: number; readonly at: string }>>;
  /** When all of it was, calls included that it left open; null: not yet. */
  readonly finished: string | null;
}

const NOTHING: Shipped = { files: {}, finished: null };
const NAME = "shipped.json";

/** What was shipped of a boot; nothing where nobody wrote it down. */
export const readShipped = async (boot: string): Promise<Shipped> => {
  try {
    return JSON.parse(await readFile(join(boot, NAME), "utf8")) as Shipped;
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === "ENOENT") return NOTHING;
    throw error;
  }
};

/** Once it returns, it survives a power failure; before that, what was written last is there whole. */
export const writeShipped = async (boot: string, shipped: Shipped): Promise<void> => {
  const path = join(boot, NAME);
  const file = await open(`${path}.new`, "w", 0o600);
  try {
    await file.writeFile(JSON.stringify(shipped));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  const folder = await open(boot, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};
