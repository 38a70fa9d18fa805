import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { RATE_COLUMNS } from "#application/rate-files/columns.js";
import { partsOf } from "#application/rate-files/parts.js";
import { type RateFilePart } from "#application/rate-files/read.js";
import { type Client, Refused } from "../client.js";
import { findTariff } from "./find.js";
import { endOfMissing } from "./missing.js";
import { type Options } from "./options.js";
import { type Change, changesTold, type Mistake, mistakesTold } from "./print.js";

/** The file cannot be read; the message is for the user. */
export class FileUnreadable extends Error {
  override readonly name = "FileUnreadable";
}

const TERMS = Object.keys(RATE_COLUMNS).join(" ");

const DRY_RUN = `query ($file: RateFileInput!) { rateImport(file: $file) {
  mistakes { line code message } changes { line kind before { ${TERMS} } after { ${TERMS} } } } }`;

/** A part of what is imported, with what it would do. */
interface Judged {
  readonly part: RateFilePart;
  readonly mistakes: readonly Mistake[];
  readonly changes: readonly Change[];
}

/** Imports a file of rates, or shows what it would change; the exit code. */
export const importFile = async (
  client: Client,
  options: Extract<Options, { readonly action: "import" }>,
): Promise<number> => {
  const { file, tariff, dryRun, discontinueMissing, from, key = randomUUID(), json } = options;
  const parts = partsOf(await textOf(file));
  const { id: tariffId } = await findTariff(client, tariff);
  const inputOf = (part: RateFilePart) => ({ tariffId, ...part, effectiveFrom: from });
  const judge = async (part: RateFilePart): Promise<Judged> => ({
    part,
    ...(await dryRunOf(client, inputOf(part))),
  });
  const judged: Judged[] = [];
  for (const part of parts) judged.push(await judge(part));
  const repetitions = repeated(judged.flatMap(({ changes }) => changes));
  const isRight = repetitions.length === 0 && judged.every(({ mistakes }) => mistakes.length === 0);
  if (discontinueMissing && isRight) {
    const has = new Set(judged.flatMap(({ changes }) => changes.map(({ after }) => after.prefix)));
    const ended = await endOfMissing(client, tariffId, from, has);
    // They are on no line of the file.
    for (const part of ended === null ? [] : partsOf(ended)) {
      const { mistakes, changes } = await judge(part);
      judged.push({ part, mistakes, changes: changes.map((change) => ({ ...change, line: null })) });
    }
  }
  const changes = judged.flatMap((one) => one.changes);
  const mistakes = [...judged.flatMap((one) => one.mistakes), ...repetitions].sort((a, b) => a.line - b.line);
  if (mistakes.length > 0) {
    if (json) for (const one of mistakes) console.log(JSON.stringify(one));
    else console.error(`${mistakesTold(file, mistakes)}\nNothing was imported.`);
    return 2;
  }
  if (!dryRun) {
    for (const [place, { part, changes: own }] of judged.entries()) {
      // What says nothing new needs no command.
      if (own.every(({ kind }) => kind === "UNCHANGED")) continue;
      await recorded(client, inputOf(part), `${key}/${place + 1}`);
    }
  }
  if (json) for (const one of changes.filter(({ kind }) => kind !== "UNCHANGED")) console.log(JSON.stringify(one));
  else console.log(changesTold(changes, dryRun));
  return 0;
};

const dryRunOf = async (client: Client, input: object): Promise<{ mistakes: Mistake[]; changes: Change[] }> => {
  const { rateImport } = await client.query<{ rateImport: { mistakes: Mistake[]; changes: Change[] } | null }>(
    DRY_RUN,
    {
      file: input,
    },
  );
  return rateImport ?? { mistakes: [], changes: [] };
};

const recorded = async (client: Client, input: object, key: string): Promise<void> => {
  try {
    await client.mutate("importRates", input, key);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new Refused(
      error.code,
      `${error.message}\nImport the file again: what is recorded stays, and is not repeated.`,
    );
  }
};

/** The server sees one part at a time: rates that are in two parts are found here. */
const repeated = (changes: readonly Change[]): Mistake[] => {
  const lines = new Map<string, number>();
  return changes.flatMap(({ line, after: { prefix, effectiveFrom } }): Mistake[] => {
    if (line === null) return [];
    const name = `${prefix} ${effectiveFrom}`;
    const before = lines.get(name);
    if (before === undefined) lines.set(name, line);
    if (before === undefined) return [];
    const message = `The prefix "${prefix}" from ${effectiveFrom} on is on line ${before} already.`;
    return [{ line, code: "VALIDATION_FAILED", message }];
  });
};

const textOf = async (file: string): Promise<string> => {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new FileUnreadable(`${file} cannot be read (${error instanceof Error ? error.message : String(error)}).`);
  }
  try {
    // Takes a byte order mark away.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new FileUnreadable(`${file} is not written in utf-8.`);
  }
};
