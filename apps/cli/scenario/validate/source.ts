/** One thing wrong in a file, with the 1-based line. */
export interface Problem {
  readonly line: number;
  readonly reason: string;
}

/** A file that is refused before anything is sent: everything that is wrong with it, in order of lines. */
export class Problems extends Error {
  readonly all: readonly [Problem, ...Problem[]];

  constructor(found: readonly Problem[]) {
    const [first, ...more] = [...found].sort((a, b) => a.line - b.line);
    super(first?.reason);
    this.name = "Problems";
    this.all = [first ?? { line: 1, reason: "the file is invalid" }, ...more];
  }
}

/** What a reader throws when the value that it stands on cannot be used. */
export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.reason);
    this.name = "Refusal";
  }
}

/** The file being read: gives lines, and gathers what is wrong, so that one run tells all of it. */
export class Source {
  readonly problems: Problem[] = [];

  constructor(
    /** The 1-based line of an offset in the text. */
    readonly lineAt: (offset: number) => number,
  ) {}

  note(line: number, reason: string): void {
    this.problems.push({ line, reason });
  }

  /** Reads a part of the file. If it is refused that is noted and undefined returned: the parts after it are read too. */
  attempt<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.problems.push(error.problem);
      return undefined;
    }
  }

  /** @throws Problems when there are any */
  requireValid(): void {
    if (this.problems.length > 0) throw new Problems(this.problems);
  }
}
