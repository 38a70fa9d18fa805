import { rename, writeFile } from "node:fs/promises";

/** Writes a file that only its owner may read, whole or not at all. */
export const writeOwn = async (path: string, text: string): Promise<void> => {
  await writeFile(`${path}.new`, text, { mode: 0o600 });
  await rename(`${path}.new`, path);
};
