import { beginLog, claimDataFolder, completeLog } from "./folder.js";
import { lockFolder } from "./lock.js";
import { CorruptRow } from "./log/row.js";
import { LogStore } from "./log/store.js";
import { messageOf, StartupFailure } from "./startup-failure.js";

export interface WritableLog {
  /** The data folder's real path. */
  readonly path: string;
  readonly store: LogStore;
  /** Closes the log and releases the folder. */
  close(): Promise<void>;
}

/**
 * Opens the log of a folder for writing, by one process at a time; creates a new log in a new folder. Throws
 * StartupFailure.
 */
export const openWritableLog = async (folder: string): Promise<WritableLog> => {
  const path = claimDataFolder(folder);
  const lock = await lockFolder(path);
  try {
    const { isNew } = beginLog(path);
    const store = await openStore(path, isNew);
    if (isNew) completeLog(path);
    return {
      path,
      store,
      close: async () => {
        await store.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
};

const openStore = async (path: string, isNew: boolean): Promise<LogStore> => {
  try {
    return await LogStore.open(path, isNew);
  } catch (error) {
    const what = error instanceof CorruptRow ? "is damaged" : "cannot be opened";
    throw new StartupFailure(`the event log in ${path} ${what}: ${messageOf(error)}`);
  }
};
