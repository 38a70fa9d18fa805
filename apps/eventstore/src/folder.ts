import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { errorCode, messageOf, StartupFailure } from "./startup-failure.js";

/**
 * What is in the log. A change that an older server would read wrongly takes the next number.
 *   1  streams of events
 *   2  deletions, stream metadata that is obeyed, persistent subscriptions: an older server would serve what is deleted
 */
export const FORMAT_VERSION = 2;

const MARKER = "tenure-eventstore";
const LOG = "log.mdb";
/** What `tenure-eventstore backup` writes to until its copy is whole. */
export const UNFINISHED_COPY = `${LOG}.part`;

/**
 * What the marker says about the folder: `new` and `copying` until the log in it is on disk for the first time, `log`
 * from then on. So a folder that has lost its log, or never received all of it, is told from a new one.
 */
type Stage = "new" | "copying" | "log";

const MARKER_TEXT = /^tenure-eventstore format (\d+)\n([^\n]*)/;
const STAGE_LINES: Readonly<Record<Stage, string>> = { new: "no log yet\n", copying: "unfinished copy\n", log: "" };

const NEXT_MARKER = `${MARKER}.next`;

/** What a folder may hold and be an empty one: a fresh volume's files, and a marker that was never put in place. */
const HARMLESS = new Set(["lost+found", ".DS_Store", NEXT_MARKER]);

/** Makes sure that `folder` exists and can be a log's, and returns its real path. Throws StartupFailure. */
export const claimDataFolder = (folder: string): string =>
  using(folder, () => {
    mkdirSync(folder, { recursive: true });
    const path = realpathSync(folder);
    stageOf(path);
    return path;
  });

/**
 * Marks the folder, before the first row is written to it, as ours and with this server's format; older servers refuse
 * it then. Only for who holds the folder's lock. Returns whether the log is a new one. Throws StartupFailure.
 */
export const beginLog = (path: string): { readonly isNew: boolean } =>
  using(path, () => {
    const stage = stageOf(path) ?? "new";
    writeMarker(path, stage);
    return { isNew: stage === "new" };
  });

/** The real path of a new folder for a copy of a log, which is refused until `completeLog`. Throws StartupFailure. */
export const beginCopy = (folder: string): string =>
  using(folder, () => {
    mkdirSync(folder, { recursive: true });
    const path = realpathSync(folder);
    if (stageOf(path) !== undefined) throw new StartupFailure(`there is a log in ${path} already`);
    // Until the marker is in place, this keeps the folder from looking like an empty one.
    const part = join(path, UNFINISHED_COPY);
    writeFileSync(part, "", { flag: "wx" });
    writeMarker(path, "copying");
    rmSync(part);
    return path;
  });

/** Makes the folder of a copy that failed an empty one again. */
export const abandonCopy = (path: string): void => {
  for (const name of [UNFINISHED_COPY, MARKER]) rmSync(join(path, name), { force: true });
};

/**
 * From here on the folder has to have a log. To be called once the log is on disk. The marker is only made shorter, which
 * needs no space: the log may just have taken the last there was. Throws StartupFailure.
 */
export const completeLog = (path: string): void => {
  using(path, () => {
    syncFolder(path);
    const marker = openSync(join(path, MARKER), "r+");
    try {
      ftruncateSync(marker, markerText("log").length);
      fsyncSync(marker);
    } finally {
      closeSync(marker);
    }
  });
};

/** The real path of a folder that holds a log already; changes nothing. Throws StartupFailure. */
export const existingDataFolder = (folder: string): string =>
  using(folder, () => {
    const path = realpathSync(folder);
    if (stageOf(path) === undefined || sizeOfLog(path) === 0) {
      throw new StartupFailure(`there is no event log in ${path}`);
    }
    return path;
  });

/** The format that a log is marked with. */
export const markedFormat = (path: string): number =>
  Number(MARKER_TEXT.exec(readFileSync(join(path, MARKER), "utf8"))?.[1] ?? "0");

/** Undefined for an empty folder. Throws StartupFailure when the folder is not ours, or has not the log that it had. */
const stageOf = (path: string): Stage | undefined => {
  const names = readdirSync(path).filter((name) => !HARMLESS.has(name));
  if (names.length === 0) return undefined;
  const stage = names.includes(MARKER) ? markedStage(path) : undefined;
  const hasLog = names.includes(LOG);
  if (stage === "copying" || (!hasLog && names.includes(UNFINISHED_COPY))) {
    throw new StartupFailure(
      `the folder ${path} holds a backup that was not finished: remove it and make the backup again`,
    );
  }
  if (stage === undefined) {
    throw new StartupFailure(
      `the folder ${path} is not empty and was not made by this server: name an empty folder or one with an event log`,
    );
  }
  if (stage === "log" && sizeOfLog(path) === 0) {
    throw new StartupFailure(
      `the event log in ${path} is lost: ${LOG} is ${hasLog ? "empty" : "missing"}; put it back, or name another folder`,
    );
  }
  return stage;
};

/** Throws StartupFailure when the marker cannot be read, or by newer servers only. */
const markedStage = (path: string): Stage => {
  const text = readFileSync(join(path, MARKER), "utf8");
  // An older server that died between creating the marker and writing its text.
  if (text === "") return "new";
  const [, format, line] = MARKER_TEXT.exec(text) ?? [];
  if (format === undefined) {
    throw new StartupFailure(`the folder ${path} has a marker that this server does not understand`);
  }
  if (Number(format) > FORMAT_VERSION) {
    throw new StartupFailure(
      `the event log in ${path} has format ${format}, and this server reads formats up to ${FORMAT_VERSION}`,
    );
  }
  const stages: readonly Stage[] = ["new", "copying"];
  return stages.find((stage) => STAGE_LINES[stage] === `${line ?? ""}\n`) ?? "log";
};

/** 0 when there is none. */
const sizeOfLog = (path: string): number => statSync(join(path, LOG), { throwIfNoEntry: false })?.size ?? 0;

const markerText = (stage: Stage): string => `tenure-eventstore format ${FORMAT_VERSION}\n${STAGE_LINES[stage]}`;

/** The marker is the old or the new one whenever the machine dies. */
const writeMarker = (path: string, stage: Stage): void => {
  const text = markerText(stage);
  const marker = join(path, MARKER);
  if (existsSync(marker) && readFileSync(marker, "utf8") === text) return;
  const next = join(path, NEXT_MARKER);
  writeFileSync(next, text, { flush: true });
  renameSync(next, marker);
  syncFolder(path);
};

/** A new file survives a power cut only once its folder is on disk too. Windows has no such call. */
export const syncFolder = (path: string): void => {
  if (process.platform === "win32") return;
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/** Throws StartupFailure. */
const using = <T>(folder: string, action: () => T): T => {
  try {
    return action();
  } catch (error) {
    if (error instanceof StartupFailure) throw error;
    throw new StartupFailure(`the data folder ${folder} cannot be used: ${reason(error)}`);
  }
};

const reason = (error: unknown): string => {
  switch (errorCode(error)) {
    case "EACCES":
    case "EPERM":
      return "no permission";
    case "ENOENT":
      return "it does not exist";
    case "ENOTDIR":
    case "EEXIST":
      return "it is not a folder";
    case "EROFS":
      return "the file system is read-only";
    case "ENOSPC":
      return "the disk is full";
    default:
      return messageOf(error);
  }
};
