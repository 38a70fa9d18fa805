import { type ChildProcess } from "node:child_process";
import { type EngineName } from "./errors.js";

/** A running server process of ours. */
export interface Engine {
  name: EngineName;
  pid: number;
  url: string;
  /** Resolves with one sentence when the process has ended, for whatever reason. */
  ended: Promise<string>;
  /** Orderly, with force after a while. Resolves when the process is gone. */
  stop(): Promise<void>;
  /** For `process.on("exit")`, where nothing can be awaited. */
  stopAtExit(): void;
  /** At once; nothing acknowledged is lost, but the next start has to recover. */
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
