/** What of two lists of lines stays, goes and comes. */
export interface LineDiff<Line> {
  readonly rows: readonly { readonly line: Line; readonly is: "added" | "removed" }[];
  readonly unchanged: number;
}

/** Compares by everything that a line shows; a line that is there twice stays twice. Removed lines stand before added ones. */
export const lineDiff = <Line>(before: readonly Line[], after: readonly Line[]): LineDiff<Line> => {
  const left = new Map<string, number>();
  for (const line of after) {
    const key = JSON.stringify(line);
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  const take = (line: Line): boolean => {
    const key = JSON.stringify(line);
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count > 0;
  };
  const removed = before.filter((line) => !take(line));
  const added = after.filter((line) => {
    const key = JSON.stringify(line);
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count > 0;
  });
  return {
    rows: [
      ...removed.map((line) => ({ line, is: "removed" as const })),
      ...added.map((line) => ({ line, is: "added" as const })),
    ],
    unchanged: before.length - removed.length,
  };
};
