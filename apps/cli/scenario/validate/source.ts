/** A mistake in a file, with its 1-based line. */
export interface Problem {
  readonly line: number;
  readonly reason: string;
}

/** All mistakes of a file that is refused before anything is sent, in order of lines. */
export class Problems extends Error {
  readonly all: readonly [Problem, ...Problem[]];

  constructor(found: readonly Problem[]) {
    const [first, ...more] = [...found].sort((a, b) => a.line - b.line);
    super(first?.reason);
    this.name = "Problems";
    this.all = [first ?? { line: 1, reason: "the file is invalid" }, ...more];
  }
}
