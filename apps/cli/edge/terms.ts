import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { askBilling, type Billing } from "./journal/billing.js";
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

const FILE = "terms.json";

/**
 * The edge's terms: as the first API that answers says; where none does, as they were told last.
 * @param tell told where they are not of now
 * @throws NoTerms where an API refuses the edge, and where nobody ever told them
 */
export const startTerms = async (
  billing: Billing,
  folder: string,
  tell: (sentence: string) => void,
): Promise<StartTerms> => {
  const file = join(folder, FILE);
  const failures: string[] = [];
  for (const address of billing.addresses) {
    const answer = await askBilling(billing, address, "/edge/v1/configuration").catch((error: unknown) => {
      failures.push(`${address}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    });
    if (answer?.status === 401) throw new NoTerms(`${address} does not let the edge in. ${saidIn(answer.text)}`);
    if (answer?.status !== 200) continue;
    const terms = edgeTerms.parse(JSON.parse(answer.text));
    await writeOwn(file, JSON.stringify(terms));
    return terms;
  }
  const before = await readFile(file, "utf8").catch(() => null);
  if (before === null) {
    throw new NoTerms(["No API answers, and the edge never ran here before.", ...failures].join("\n"));
  }
  tell("No API answers: the edge starts with what it was told last.");
  return edgeTerms.parse(JSON.parse(before));
};

const refusal = z.object({ errors: z.array(z.object({ message: z.string() })).min(1) });

/** Why an API refused, in its own sentence. */
const saidIn = (text: string): string => {
  try {
    return refusal.parse(JSON.parse(text)).errors[0]?.message ?? "";
  } catch {
    return "";
  }
};
