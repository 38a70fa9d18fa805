import { type ChildProcess } from "node:child_process";
import { type EngineName } from "./errors.js";

/** A running server process that this process started. */
export interface Engine {
  name: EngineName;
  pid: number;
  url: string;
  /** Resolves with one sentence when the process has ended for any reason. */
  ended: Promise<string>;
  /** Stops the process, with SIGKILL after a time limit. Resolves when the process has ended. */
  stop(): Promise<void>;
  /** Stops the process without waiting, for `process.on("exit")`. */
  stopAtExit(): void;
  /** Kills the process at once; acknowledged data is kept, and the next start recovers. */
  kill(): void;
}

export const endOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once("exit", (code, signal) => {
      resolve(signal === null ? `exit code ${code ?? "unknown"}` : `signal ${signal}`);
    });
    child.once("error", (error) => {
      if (child.pid === undefined) resolve(error.message);
    });
  });

/** Resolves true when the process has ended within the time. */
export const endsIn = async (ended: Promise<unknown>, milliseconds: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, milliseconds);
  });
  const result = await Promise.race([ended.then(() => true), timeout]);
  clearTimeout(timer);
  return result;
};
