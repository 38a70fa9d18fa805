import { execFile } from "node:child_process";
import { resolve } from "node:path";

/** How a command ended, and what it wrote, without white space around it. */
export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command line: `npm run build` first. */
export const tenure = (...args: readonly string[]): Promise<Answer> =>
  new Promise((answered) => {
    const program = resolve("dist/apps/cli/main.js");
    execFile(process.execPath, [program, ...args], (error, stdout, stderr) => {
      answered({ code: error === null ? 0 : Number(error.code), out: stdout.trim(), err: stderr.trim() });
    });
  });
