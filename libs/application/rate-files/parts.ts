import { LONGEST_PART, MOST_ROWS_OF_A_PART } from "./columns.js";
import { type RateFilePart } from "./read.js";
import { recordsOf, withOneLineEnd } from "./records.js";

/**
 * A file in parts that each fit one request, each with the line of names: the file itself where it is short, or where
 * its records cannot be told apart.
 */
export const partsOf = (text: string): RateFilePart[] => {
  const records = recordsOf(text);
  const [head, ...rows] = "read" in records ? records.read : [];
  const [first] = rows;
  if (!head || !first) return [{ csv: text }];
  const lines = withOneLineEnd(text).split(/(?<=\n)/);
  const names = lines
    .slice(head.line - 1, first.line - 1)
    .join("")
    .trimEnd();
  const parts: RateFilePart[] = [];
  let begin = 0;
  let length = 0;
  const end = (next: number): void => {
    const from = (rows[begin]?.line ?? 1) - 1;
    const to = next < rows.length ? (rows[next]?.line ?? 1) - 1 : lines.length;
    parts.push({ csv: `${names}\n${lines.slice(from, to).join("")}`, firstLine: from + 1 });
    [begin, length] = [next, 0];
  };
  rows.forEach(({ cells }, place) => {
    // A little more than it has: quotes and the line's end.
    const own = cells.reduce((sum, cell) => sum + cell.length + 4, 2);
    if (place > begin && (place - begin === MOST_ROWS_OF_A_PART || length + own > LONGEST_PART)) end(place);
    length += own;
  });
  end(rows.length);
  return parts;
};
