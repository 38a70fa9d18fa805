/**
 * A position in the store's log: two unsigned 64-bit numbers. Positions order events; they are not consecutive. Outside
 * the process a position is the text of {@link positionToText}.
 */
export interface Position {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** Before the first event of a log. */
export const START: Position = { commit: 0n, prepare: 0n };

/** `commit/prepare`, both decimal: the form for JSON and for the checkpoint column. */
export const positionToText = (position: Position): string => `${position.commit}/${position.prepare}`;

const text = /^(\d{1,20})\/(\d{1,20})$/;

/** The inverse of {@link positionToText}. Throws a `TypeError` on anything else. */
export const positionFromText = (value: string): Position => {
  const [, commit, prepare] = text.exec(value) ?? [];
  if (commit === undefined || prepare === undefined) throw new TypeError(`Not a log position: "${value}"`);
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
};

/** -1 when `a` is before `b`, 1 when it is after, 0 when they are equal. */
export const comparePositions = (a: Position, b: Position): -1 | 0 | 1 => {
  if (a.commit !== b.commit) return a.commit < b.commit ? -1 : 1;
  if (a.prepare !== b.prepare) return a.prepare < b.prepare ? -1 : 1;
  return 0;
};

export const laterPosition = (a: Position, b: Position): Position => (comparePositions(a, b) < 0 ? b : a);
