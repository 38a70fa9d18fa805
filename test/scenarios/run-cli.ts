import { OPERATOR_TOKEN } from "../support/operator-token.js";
import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

export interface CliRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Difference {
  readonly line: number | null;
  readonly where: string;
  readonly expected: string;
  readonly observed: string;
}

/** One line of `--json`. */
export interface JsonResult {
  readonly scenario?: string;
  readonly file: string;
  readonly ok: boolean;
  readonly differences?: readonly Difference[];
  readonly observed?: Readonly<Record<string, readonly unknown[]>>;
  readonly error?: { readonly line: number; readonly reason: string };
}

/** Runs the built `tenure scenario` as a user does. `interruptAfterMs`: Ctrl-C then. */
export const runScenarios = async (
  argv: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  interruptAfterMs?: number,
): Promise<CliRun> => {
  const entry = resolve("dist/apps/cli/main.js");
  if (!existsSync(entry)) throw new Error(`${entry} is missing: run "npm run build" first.`);
  const child = fork(entry, ["scenario", ...argv], {
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, TENURE_TOKEN: OPERATOR_TOKEN, TENURE_TOKEN_FILE: "", ...environment },
  });
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (data: Buffer) => (stdout += data.toString()));
  child.stderr?.on("data", (data: Buffer) => (stderr += data.toString()));
  const timer = interruptAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGINT"), interruptAfterMs);
  const exitCode = await new Promise<number | null>((done) => child.once("close", done));
  clearTimeout(timer);
  return { exitCode, stdout, stderr };
};

/** Exactly one object per line, and nothing else. */
export const jsonResults = ({ stdout }: CliRun): JsonResult[] =>
  stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as JsonResult);
