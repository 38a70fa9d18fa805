import { spawn } from "node:child_process";

/** Characters of its output that are kept, to report why it ended. */
const OUTPUT_KEPT = 4_000;
const STOP_MS = 10_000;

/** A program ended that should not have; the message is for the user. */
export class ProgramFailure extends Error {
  override name = "ProgramFailure";
}

/** A program that was started, and ends with whoever started it. */
export interface Program {
  /** 0: it could not be started. */
  readonly pid: number;
  /** Its exit code; null: by a signal. */
  readonly ended: Promise<number | null>;
  /** What it said last. */
  output(): string;
  stop(): Promise<void>;
}

export const startProgram = (command: string, args: readonly string[], folder: string): Program => {
  const child = spawn(command, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const keep = (data: Buffer): void => {
    output = (output + data.toString()).slice(-OUTPUT_KEPT);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const ended = new Promise<number | null>((resolve) => {
    child.once("error", (error) => {
      output += error.message;
      resolve(null);
    });
    child.once("close", resolve);
  });
  return {
    pid: child.pid ?? 0,
    ended,
    output: () => output,
    stop: async () => {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
      await ended;
      clearTimeout(timer);
    },
  };
};
