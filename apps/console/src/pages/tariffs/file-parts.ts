/* A file of rates in parts that each fit one request. What a line says, the API alone reads. */

export interface FilePart {
  readonly csv: string;
  /** The number of the line after the names. */
  readonly firstLine: number;
}

const MOST_ROWS = 1000;
const LONGEST = 150_000;

/** The file's records with the number of the line in which each begins: a quoted cell may have several lines. */
const recordsOf = (text: string): { readonly line: number; readonly raw: string }[] => {
  const records: { line: number; raw: string; isWhole: boolean }[] = [];
  for (const [index, raw] of text.split(/(?<=\n)/).entries()) {
    const last = records.at(-1);
    const record = last?.isWhole === false ? last : { line: index + 1, raw: "", isWhole: true };
    if (record !== last) records.push(record);
    record.raw += raw;
    // Quotes within quoted cells are written twice. One that is never closed: the API says so.
    record.isWhole = (record.raw.match(/"/g)?.length ?? 0) % 2 === 0;
  }
  return records.filter(({ raw }) => raw.trim() !== "");
};

/** @param text of the file */
export const filePartsOf = (text: string): FilePart[] => {
  const [names, ...rows] = recordsOf(text.replace(/^\uFEFF/, ""));
  const [first] = rows;
  if (!names || !first) return [{ csv: text, firstLine: 2 }];
  const parts: FilePart[] = [];
  let [csv, firstLine, count, next] = ["", first.line, 0, first.line];
  for (const { line, raw } of rows) {
    if (count === MOST_ROWS || csv.length + raw.length > LONGEST) {
      parts.push({ csv: `${names.raw.trimEnd()}\n${csv}`, firstLine });
      [csv, firstLine, count, next] = ["", line, 0, line];
    }
    // Empty lines keep their place, so that lines are told by their numbers in the file.
    csv += "\n".repeat(Math.max(0, line - next)) + raw;
    count += 1;
    next = line + (raw.match(/\n/g)?.length ?? 0);
  }
  return [...parts, { csv: `${names.raw.trimEnd()}\n${csv}`, firstLine }];
};
