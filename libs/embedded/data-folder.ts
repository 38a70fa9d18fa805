import { chmod, mkdir, readdir, readFile, realpath, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { EmbeddedError, systemCode } from "./errors.js";
import { type FolderLock, lockFolder } from "./folder-lock.js";

/** Format number of the folder: increased when older versions of Tenure cannot read it. */
const FORMAT = 1;
const MARKER = "tenure-data.json";
const LOCK = "launcher.lock";
const asRoot = process.getuid?.() === 0;
/** Every new ext4 volume contains it: it does not count as a file of another program. */
const NOT_COUNTED = new Set(["lost+found"]);

export interface DataFolder {
  /** Absolute path with links resolved, by which PostgreSQL's processes are recognised. */
  path: string;
  eventStore: string;
  postgres: string;
  logs: string;
  lock: FolderLock;
}

/** What a folder was made for, which it stays: a demo shares it with nothing else. */
export type Use = "DATA" | "DEMO";

/** Creates or opens the folder that holds both engines' data, and locks it. */
export const openDataFolder = async (folder: string, use: Use = "DATA"): Promise<DataFolder> => {
  const path = await makeFolder(resolve(folder));
  await refuseForeign(path);
  const lock = await withPermissionSentence(path, () => lockFolder(join(path, LOCK)));
  try {
    await withPermissionSentence(path, async () => {
      await readMarker(path, use);
      await letPass(path);
      await mkdir(join(path, "logs"), { recursive: true, mode: 0o700 });
    });
  } catch (error) {
    await lock.release();
    throw error;
  }
  return {
    path,
    eventStore: join(path, "eventstore"),
    postgres: join(path, "postgres"),
    logs: join(path, "logs"),
    lock,
  };
};

const makeFolder = async (path: string): Promise<string> =>
  withPermissionSentence(path, async () => {
    await makeFolders(path);
    return realpath(path);
  });

/** Not mkdir's own `recursive`: where a file system cannot hold a folder (`/proc/x`), Node retries without end. */
const makeFolders = async (path: string): Promise<void> => {
  const missing: string[] = [];
  for (let folder = path; !(await exists(folder)); folder = dirname(folder)) missing.unshift(folder);
  if (missing.length === 0 && !(await stat(path)).isDirectory()) throw fileInTheWay();
  for (const folder of missing) {
    try {
      await mkdir(folder, { mode: asRoot ? 0o711 : 0o700 });
    } catch (error) {
      // Another start may have created it meanwhile.
      if (systemCode(error) !== "EEXIST" || !(await stat(folder)).isDirectory()) throw error;
    }
  }
};

/** ENOTDIR: a part of the path is a file, which mkdir then reports. */
const exists = async (path: string): Promise<boolean> => {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return false;
    throw error;
  }
};

const fileInTheWay = (): Error => Object.assign(new Error("a file of that name exists"), { code: "EEXIST" });

/** Under root PostgreSQL runs as another user, who must be able to pass through this folder, not list it. */
const letPass = async (path: string): Promise<void> => {
  const { mode } = await stat(path);
  if (asRoot && (mode & 0o001) === 0) await chmod(path, (mode & 0o777) | 0o011);
};

/** Refuses a folder with files of other programs. */
const refuseForeign = async (path: string): Promise<void> => {
  const entries = await withPermissionSentence(path, () => readdir(path));
  if (entries.includes(MARKER)) return;
  // A lock without a marker belongs to a first start that is in progress or was killed early.
  const foreign = entries.find((name) => !NOT_COUNTED.has(name) && !name.startsWith(LOCK) && !name.startsWith(MARKER));
  if (foreign === undefined) return;
  throw new EmbeddedError(
    "FOLDER_FOREIGN",
    `The folder ${path} is not empty and not a Tenure data folder (it holds "${foreign}"): name an empty or a new folder.`,
  );
};

/** Marks a new folder; refuses one of a newer format, or of another use. */
const readMarker = async (path: string, use: Use): Promise<void> => {
  const file = join(path, MARKER);
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) {
    const draft = `${file}.draft`;
    const marker = { format: FORMAT, createdAt: new Date().toISOString(), ...(use === "DEMO" && { use }) };
    await writeFile(draft, `${JSON.stringify(marker)}\n`);
    await rename(draft, join(path, MARKER));
    return;
  }
  const { format, use: found = "DATA" } = markerOf(text);
  if (format === undefined)
    throw new EmbeddedError("FOLDER_FOREIGN", `The marker ${file} is damaged: its format cannot be read.`);
  if (format > FORMAT) {
    throw new EmbeddedError(
      "FOLDER_TOO_NEW",
      `The data folder ${path} has format ${format}, and this Tenure knows formats up to ${FORMAT}: use a newer Tenure.`,
    );
  }
  if (found === use) return;
  throw found === "DEMO"
    ? new EmbeddedError("FOLDER_OF_DEMO", `The data folder ${path} holds the demo, and nothing else is kept there.`)
    : new EmbeddedError("FOLDER_NOT_OF_DEMO", `The data folder ${path} holds other data, and no demo is made there.`);
};

const markerOf = (text: string): { readonly format?: number; readonly use?: Use } => {
  try {
    const { format, use } = JSON.parse(text) as { format?: unknown; use?: unknown };
    return typeof format === "number" ? { format, ...(use === "DEMO" && { use }) } : {};
  } catch {
    return {};
  }
};

const SENTENCES: Record<string, (path: string) => string> = {
  EACCES: (path) => `This user may not read or write the data folder ${path}.`,
  EPERM: (path) => `This user may not read or write the data folder ${path}.`,
  EROFS: (path) => `The data folder ${path} is on a read-only file system.`,
  ENOTDIR: (path) => `The data folder ${path} cannot be made: a part of its path is a file.`,
  EEXIST: (path) => `The data folder ${path} cannot be made: there is a file of that name.`,
  ENOSPC: (path) => `There is no space left for the data folder ${path}.`,
  ENOENT: (path) => `The data folder ${path} cannot be made there: the file system has no place for it.`,
  ENAMETOOLONG: (path) => `The data folder ${path} cannot be made: its name is too long.`,
  ELOOP: (path) => `The data folder ${path} cannot be made: its path has links that lead in a circle.`,
};

const withPermissionSentence = async <T>(path: string, action: () => Promise<T>): Promise<T> => {
  try {
    return await action();
  } catch (error) {
    const code = systemCode(error);
    if (error instanceof EmbeddedError || code === undefined) throw error;
    const sentence = SENTENCES[code]?.(path) ?? `The data folder ${path} cannot be used (${code}).`;
    throw new EmbeddedError("NO_PERMISSION", sentence);
  }
};
