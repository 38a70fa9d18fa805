import { parseArgs, type ParseArgsConfig } from "node:util";
import { messageOf } from "../startup-failure.js";

/** Exit codes of `tenure-eventstore`. */
export const DONE = 0;
export const FAILED = 1;
export const MISUSED = 2;
export const DAMAGED = 3;

export interface Command {
  /** Short description for the list of commands. */
  readonly summary: string;
  /** Text of `--help`. */
  readonly help: string;
  /** Resolves to the exit code. Throws Misuse, StartupFailure or Failure. */
  run(args: string[]): Promise<number>;
}

/** The command line is wrong. */
export class Misuse extends Error {}

/** The command failed; the message is one sentence. */
export class Failure extends Error {}

/** Throws Misuse. */
export const readOptions = <T extends NonNullable<ParseArgsConfig["options"]>>(args: string[], options: T) => {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Misuse(messageOf(error).split(/\.\s/)[0] ?? "unknown argument");
  }
};

/** Throws Misuse. */
export const required = (value: string | undefined, name: string): string => {
  if (value === undefined || value === "") throw new Misuse(`${name} is missing`);
  return value;
};

export const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

export const warn = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
