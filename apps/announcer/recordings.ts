import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The recordings of a folder, `<prompt>.<language>.ulaw` (npm run prompts), by `<prompt>.<language>`. */
export const readRecordings = async (folder: string): Promise<ReadonlyMap<string, Buffer>> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".ulaw"));
  const read = async (file: string) => [file.slice(0, -".ulaw".length), await readFile(join(folder, file))] as const;
  return new Map(await Promise.all(files.map(read)));
};
