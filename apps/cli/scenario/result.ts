import { type Difference, type Observed } from "./observed.js";
import { type Problem } from "./validate/source.js";

/** A file that was refused before anything was sent. */
export interface InvalidFile {
  readonly file: string;
  readonly problems: readonly [Problem, ...Problem[]];
}

/** A scenario that was played. */
export interface PlayedFile {
  readonly file: string;
  readonly scenario: string;
  readonly differences: readonly Difference[];
  readonly observed: Observed;
}

export type Result = InvalidFile | PlayedFile;

/** One line of `--json`. For an invalid file it contains the first problem. */
export const toJson = (result: Result): string => {
  if ("problems" in result) {
    const [{ line, reason }] = result.problems;
    return JSON.stringify({ file: result.file, ok: false, error: { line, reason } });
  }
  const { file, scenario, differences, observed } = result;
  return JSON.stringify({ scenario, file, ok: differences.length === 0, differences, observed });
};

/** 0: all as expected, 1: a difference, 2: a file is invalid, whatever the results of the others. */
export const exitCode = (results: readonly Result[]): 0 | 1 | 2 => {
  if (results.some((result) => "problems" in result)) return 2;
  return results.some((result) => !("problems" in result) && result.differences.length > 0) ? 1 : 0;
};
