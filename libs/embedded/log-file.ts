import { type FileHandle, open, rename, stat } from "node:fs/promises";
import { closeSync, openSync } from "node:fs";

const LIMIT_BYTES = 10 * 1024 * 1024;

/** An engine's log. A file and not a pipe: an engine may outlive its launcher. */
export interface LogFile {
  path: string;
  fd: number;
  close(): void;
  /** The text written since it was opened. */
  sinceOpened(): Promise<string>;
}

export const openLogFile = async (path: string): Promise<LogFile> => {
  const size = await sizeOf(path);
  if (size > LIMIT_BYTES) await rename(path, `${path}.old`);
  const from = size > LIMIT_BYTES ? 0 : size;
  const fd = openSync(path, "a", 0o600);
  return {
    path,
    fd,
    close: () => {
      closeSync(fd);
    },
    sinceOpened: () => readFrom(path, from),
  };
};

const sizeOf = async (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

const readFrom = async (path: string, from: number): Promise<string> => {
  let file: FileHandle | undefined;
  try {
    file = await open(path, "r");
    const { size } = await file.stat();
    const buffer = Buffer.alloc(Math.min(Math.max(size - from, 0), 64 * 1024));
    await file.read(buffer, 0, buffer.length, from);
    return buffer.toString("utf8");
  } catch {
    return "";
  } finally {
    await file?.close();
  }
};
