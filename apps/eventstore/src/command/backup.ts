import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import { abandonCopy, beginCopy, completeLog, UNFINISHED_COPY } from "../folder.js";
import { messageOf } from "../startup-failure.js";
import { DONE, Failure, readOptions, required, say, type Command } from "./command.js";
import { openLog } from "./open-log.js";

export const command: Command = {
  summary: "copy a log to another folder, also while a server writes to it",
  help: `usage: tenure-eventstore backup --data DIR --to NEW

Writes a copy of the log as it is at one moment, compacted, and waits until it is on disk. The server may
go on writing: it is not asked, and not slowed down but for the reading. Nothing acknowledged before the
backup began is missing in it. A server can be started on the copy as on any folder. It refuses a copy that
was not finished.

  --data DIR   the folder with the log
  --to NEW     a folder that is empty or does not exist

While the copy is being made the server's file may grow a little more than usual. Check a backup with
"tenure-eventstore verify --data NEW".`,

  run: async (args) => {
    const { data, to } = readOptions(args, { data: { type: "string" }, to: { type: "string" } });
    const { log } = openLog(required(data, "--data"));
    const target = beginCopy(required(to, "--to"));
    const part = join(target, UNFINISHED_COPY);
    try {
      await log.copy(part);
      await sync(part);
      await rename(part, join(target, "log.mdb"));
      completeLog(target);
    } catch (error) {
      abandonCopy(target);
      throw new Failure(`the copy could not be written: ${messageOf(error)}`);
    } finally {
      await log.close();
    }
    const { log: copy } = openLog(target);
    say(`${copy.count("log")} events up to position ${copy.head} are in ${target}`);
    await copy.close();
    return DONE;
  },
};

const sync = async (path: string): Promise<void> => {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
};
