import { readFileSync } from "node:fs";
import { z } from "zod";

/** The nearest package.json upwards: of the sources and of what is built it is the same. */
const packageFile = (from: URL): URL => {
  for (let folder = from; ; folder = new URL("../", folder)) {
    const file = new URL("package.json", folder);
    try {
      readFileSync(file);
      return file;
    } catch (error) {
      if (folder.pathname === "/") throw error;
    }
  }
};

/** Name and version of this program, as reports name it. */
export const program: string = (() => {
  const shape = z.object({ name: z.string(), version: z.string() });
  const { name, version } = shape.parse(JSON.parse(readFileSync(packageFile(new URL("./", import.meta.url)), "utf8")));
  return `${name} ${version}`;
})();
