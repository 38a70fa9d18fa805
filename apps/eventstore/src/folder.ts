import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
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
const MARKER_TEXT = /^tenure-eventstore format (\d+)\n/;

const MARKER_OF_THIS_FORMAT = `tenure-eventstore format ${FORMAT_VERSION}\n`;

/** Files that a fresh volume may hold without being somebody's data. */
const HARMLESS = new Set(["lost+found", ".DS_Store"]);

/**
 * Makes sure that `folder` exists and is ours, marks it when it is new, and returns its real path.
 * The marker is written before the first row, so a folder with rows always has one.
 * Throws StartupFailure.
 */
export const claimDataFolder = (folder: string): string => {
  try {
    mkdirSync(folder, { recursive: true });
    const path = realpathSync(folder);
    const names = readdirSync(path).filter((name) => !HARMLESS.has(name));
    if (names.includes(MARKER)) checkMarker(path, names);
    else if (names.length === 0) writeMarker(path);
    else {
      throw new StartupFailure(
        `the folder ${path} is not empty and was not made by this server: name an empty folder or one with an event log`,
      );
    }
    return path;
  } catch (error) {
    if (error instanceof StartupFailure) throw error;
    throw new StartupFailure(`the data folder ${folder} cannot be used: ${reason(error)}`);
  }
};

/** The real path of a folder that holds a log already; changes nothing. Throws StartupFailure. */
export const existingDataFolder = (folder: string): string => {
  try {
    const path = realpathSync(folder);
    const names = readdirSync(path);
    if (!names.includes(MARKER) || !names.includes("log.mdb")) {
      throw new StartupFailure(`there is no event log in ${path}`);
    }
    checkMarker(path, names);
    return path;
  } catch (error) {
    if (error instanceof StartupFailure) throw error;
    throw new StartupFailure(`the data folder ${folder} cannot be used: ${reason(error)}`);
  }
};

/** The format that a log is marked with. */
export const markedFormat = (path: string): number =>
  Number(MARKER_TEXT.exec(readFileSync(join(path, MARKER), "utf8"))?.[1] ?? "0");

const checkMarker = (path: string, names: string[]): void => {
  const text = readFileSync(join(path, MARKER), "utf8");
  const format = MARKER_TEXT.exec(text)?.[1];
  if (format === undefined) {
    // A crash between creating the marker and writing its text: nothing else can be there yet.
    if (text === "" && names.length === 1) {
      writeMarker(path);
      return;
    }
    throw new StartupFailure(`the folder ${path} has a marker that this server does not understand`);
  }
  if (Number(format) > FORMAT_VERSION) {
    throw new StartupFailure(
      `the event log in ${path} has format ${format}, and this server reads formats up to ${FORMAT_VERSION}`,
    );
  }
};

/**
 * Marks a log of an older format as ours, for what is written from now on; older servers refuse it then. Only for who
 * holds the folder's lock. The marker is the old or the new one whenever the machine dies. Throws StartupFailure.
 */
export const raiseFormat = (path: string): void => {
  if (readFileSync(join(path, MARKER), "utf8") === MARKER_OF_THIS_FORMAT) return;
  const next = join(path, `${MARKER}.next`);
  try {
    writeFileSync(next, MARKER_OF_THIS_FORMAT, { flush: true });
    renameSync(next, join(path, MARKER));
    syncFolder(path);
  } catch (error) {
    throw new StartupFailure(`the data folder ${path} cannot be used: ${reason(error)}`);
  }
};

const writeMarker = (path: string): void => {
  writeFileSync(join(path, MARKER), MARKER_OF_THIS_FORMAT, { flush: true });
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
