import { rename, writeFile } from "node:fs/promises";
import { type Outcome } from "./import.js";

/** Name of the column with the reason. */
export const REASON = "Put aside because";

/** Writes rows that were put aside as they stand in the file, in the same layout but UTF-8, each with its reason. */
export const writeAside = async (
  file: string,
  head: readonly string[],
  aside: readonly (Outcome & { readonly outcome: "ASIDE" })[],
  delimiter: string,
): Promise<void> => {
  // One that was put aside before, and is imported again, has a reason already.
  const width = head.indexOf(REASON) < 0 ? head.length : head.indexOf(REASON);
  const lines = [
    [...head.slice(0, width), REASON],
    ...aside.map(({ row, reason }) => [...row.cells.slice(0, width), reason]),
  ];
  const text = lines.map((cells) => `${cells.map((cell) => quoted(cell, delimiter)).join(delimiter)}\n`).join("");
  await writeFile(`${file}.part`, text, { mode: 0o600, flush: true });
  await rename(`${file}.part`, file);
};

const quoted = (cell: string, delimiter: string): string =>
  cell.includes(delimiter) || /["\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
