import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { EmbeddedError, systemCode } from "./errors.js";
import { isAlive, startToken } from "./processes.js";

interface Holder {
  pid: number;
  /** Start time by the system: a later process with the same pid has another one. */
  startedAt: string | null;
  host: string;
}

export interface FolderLock {
  /** True when the last holder ended without releasing: its engines may still be running. */
  wasStale: boolean;
  release(): Promise<void>;
}

const BEAT_MS = 5_000;
/** Milliseconds without a heartbeat after which a holder in another container or machine counts as dead. */
const SILENT_MS = 20_000;

const parse = (text: string): Holder | undefined => {
  try {
    const value = JSON.parse(text) as Partial<Holder>;
    if (typeof value.pid !== "number") return undefined;
    return { pid: value.pid, startedAt: value.startedAt ?? null, host: value.host ?? "" };
  } catch {
    return undefined;
  }
};

const isHeld = async (holder: Holder | undefined, file: string): Promise<boolean> => {
  if (holder === undefined) return false;
  if (holder.host !== hostname()) return Date.now() - (await stat(file)).mtimeMs < SILENT_MS;
  if (!isAlive(holder.pid)) return false;
  const token = (await startToken(holder.pid)) ?? null;
  return holder.startedAt === null || token === null || holder.startedAt === token;
};

const locked = (holder: Holder | undefined, folder: string): EmbeddedError => {
  const who =
    holder === undefined ? "" : holder.host === hostname() ? ` (process ${holder.pid})` : ` (on ${holder.host})`;
  return new EmbeddedError(
    "FOLDER_LOCKED",
    `The data folder ${folder} is in use by another Tenure${who}: stop that one, or name another folder.`,
  );
};

/**
 * Takes the one lock of a data folder. Node offers no flock, so this is a file whose holder is identified by pid and
 * start time: what `kill -9` leaves behind is recognised, also when the pid has been given to another process.
 */
export const lockFolder = async (file: string): Promise<FolderLock> => {
  const mine: Holder = { pid: process.pid, startedAt: (await startToken(process.pid)) ?? null, host: hostname() };
  const text = JSON.stringify({ ...mine, id: randomUUID() });
  const folder = dirname(file);
  // Written to another file and linked into place, so that a lock is never read half-written.
  const draft = join(folder, `${basename(file)}.${process.pid}.${randomUUID().slice(0, 8)}`);
  await writeFile(draft, text, { mode: 0o644 });
  let wasStale = false;
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        await link(draft, file);
        break;
      } catch (error) {
        if (systemCode(error) !== "EEXIST" || attempt === 5) throw error;
      }
      const found = await readFile(file, "utf8").catch(() => undefined);
      if (found === undefined) continue;
      const holder = parse(found);
      if (await isHeld(holder, file)) throw locked(holder, folder);
      wasStale = true;
      await removeStale(file, found, draft);
    }
  } finally {
    await rm(draft, { force: true });
  }
  const beat = setInterval(() => {
    utimes(file, new Date(), new Date()).catch(() => undefined);
  }, BEAT_MS);
  beat.unref();
  return {
    wasStale,
    release: async () => {
      clearInterval(beat);
      if ((await readFile(file, "utf8").catch(() => undefined)) === text) await rm(file, { force: true });
    },
  };
};

/**
 * Moves the stale lock away and checks what was moved: of two processes that found the same stale lock only one may
 * replace it.
 */
const removeStale = async (file: string, judged: string, draft: string): Promise<void> => {
  const aside = `${draft}.stale`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return;
    throw error;
  }
  if ((await readFile(aside, "utf8")) !== judged) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
};
