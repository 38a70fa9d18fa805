import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isMissing, replace } from "./files.js";

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
    if (isMissing(error)) return NOTHING;
    throw error;
  }
};

/** Once it returns, it survives a power failure. */
export const writeShipped = (boot: string, shipped: Shipped): Promise<void> =>
  replace(boot, NAME, JSON.stringify(shipped));
