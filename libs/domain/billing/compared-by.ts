import { type Line, type LineKind } from "./line.js";

/** What tells which lines are compared, billed or due. */
export type Comparable = Pick<Line, "kind" | "commitmentId" | "accountId" | "rowId" | "from" | "corrects">;

/** The kind of what a line charges or corrects. */
export const correctedKind = ({ kind, corrects }: Pick<Comparable, "kind" | "corrects">): LineKind =>
  corrects?.kind ?? kind;

/** What is compared by itself: commitment, row, corrected kind and account, and the day of what is charged on one. */
export const comparedBy = (line: Comparable): string => {
  const kind = correctedKind(line);
  return [line.commitmentId, line.accountId, line.rowId, kind, kind === "RECURRING" ? "" : line.from].join(" ");
};

/**
 * The one-time fees that went with void invoices and were not billed again, as `comparedBy` names them: charged, but
 * billed by nobody until a reissue (docs/rules.md#void).
 * @param billed in order of recording
 */
export const feesGone = (billed: readonly Comparable[]): Set<string> => {
  const gone = new Set<string>();
  for (const line of billed) {
    if (correctedKind(line) !== "ONE_TIME") continue;
    if (line.corrects?.voids) gone.add(comparedBy(line));
    else gone.delete(comparedBy(line));
  }
  return gone;
};
