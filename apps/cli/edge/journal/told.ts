import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isMissing, replace } from "./files.js";

/** How much of a boot billing was told: bytes of each file, and whether that was all. */
export interface Told {
  readonly files: Readonly<Record<string, number>>;
  readonly finished: boolean;
}

const NOTHING: Told = { files: {}, finished: false };
const NAME = "told.json";

/** What was told of a boot; nothing where that is not known, or cannot be read: what is told twice changes nothing. */
export const readTold = async (boot: string): Promise<Told> => {
  try {
    const told: unknown = JSON.parse(await readFile(join(boot, NAME), "utf8"));
    return isTold(told) ? told : NOTHING;
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return NOTHING;
    throw error;
  }
};

const isTold = (value: unknown): value is Told => {
  const { files, finished } = (value ?? {}) as { readonly files?: unknown; readonly finished?: unknown };
  return (
    typeof finished === "boolean" &&
    typeof files === "object" &&
    files !== null &&
    Object.values(files as Readonly<Record<string, unknown>>).every((at) => typeof at === "number" && at >= 0)
  );
};

/** Once it returns, it survives a power failure. */
export const writeTold = (boot: string, told: Told): Promise<void> => replace(boot, NAME, JSON.stringify(told));
