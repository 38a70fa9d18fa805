import { existingDataFolder } from "../folder.js";
import { LogReader } from "../log/log-reader.js";
import { messageOf } from "../startup-failure.js";
import { Failure } from "./command.js";

/** Opens the log of a folder for reading. Throws Failure or StartupFailure. */
export const openLog = (data: string): { folder: string; log: LogReader } => {
  const folder = existingDataFolder(data);
  try {
    return { folder, log: LogReader.open(folder) };
  } catch (error) {
    throw new Failure(`the event log in ${folder} cannot be opened: ${messageOf(error)}`);
  }
};
