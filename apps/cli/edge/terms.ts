import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type Billing } from "./journal/post.js";
import { writeOwn } from "./own-file.js";

/** What an edge is started with, as billing tells it. */
const edgeTerms = z.object({
  addresses: z.array(z.string()),
  announcer: z.object({ host: z.string(), port: z.number() }).nullable(),
  language: z.string(),
});
export type StartTerms = z.output<typeof edgeTerms>;

/** Nobody tells what the edge is started with; the message says why. */
export class NoTerms extends Error {
  override readonly name = "NoTerms";
}

const WITHIN_MS = 5_000;
const FILE = "terms.json";

/**
 * The edge's terms: as the first API that answers says; where none does, as they were told last.
 * @param tell told where they are not of now
 * @throws NoTerms where an API refuses the edge, and where nobody ever told them
 */
export const startTerms = async (
  { addresses, edge, secret }: Billing,
  folder: string,
  tell: (sentence: string) => void,
): Promise<StartTerms> => {
  const file = join(folder, FILE);
  const authorization = `Basic ${Buffer.from(`${edge}:${secret}`).toString("base64")}`;
  for (const address of addresses) {
    const response = await fetch(`${address}/edge/v1/configuration`, {
      headers: { authorization },
      signal: AbortSignal.timeout(WITHIN_MS),
    }).catch(() => null);
    if (response?.status === 401) throw new NoTerms(`${address} does not know the edge, or refuses its secret.`);
    if (response?.status !== 200) continue;
    const terms = edgeTerms.parse(await response.json());
    await writeOwn(file, JSON.stringify(terms));
    return terms;
  }
  const before = await readFile(file, "utf8").catch(() => null);
  if (before === null) throw new NoTerms("No API answers, and the edge never ran here before.");
  tell("No API answers: the edge starts with what it was told last.");
  return edgeTerms.parse(JSON.parse(before));
};
