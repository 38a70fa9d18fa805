import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "../folder.js";
import { keyPosition } from "../log/keys.js";
import type { LogReader } from "../log/log-reader.js";
import { checkRow, CorruptRow } from "../log/row.js";
import { messageOf } from "../startup-failure.js";
import { DONE, Failure, readOptions, required, say, type Command } from "./command.js";
import { ExportWriter } from "./export-file.js";
import { openLog } from "./open-log.js";
import { leftOutFor, portableEvent } from "./portable-event.js";

export const command: Command = {
  summary: "write all events to a file of JSON lines",
  help: `usage: tenure-eventstore export --data DIR --out FILE

Writes every event in the order of the log, one line of JSON each, with the metadata of streams and their
deletions. The last line counts the events and holds a checksum. A server may be running on the folder.

  --data DIR   the folder with the log
  --out FILE   a file that does not exist yet

Left out, and counted in what the command says: the server's own events (in the stream $tenure-eventstore),
what persistent subscriptions have parked ($persistentsubscription-…-parked), and events of streams whose
names are not valid UTF-8, which older servers took. Persistent subscriptions are not exported: they belong
to the server, not to the log. What cannot be read is not exported in part: the command names the position
and leaves no file.`,

  run: async (args) => {
    const { data, out } = readOptions(args, { data: { type: "string" }, out: { type: "string" } });
    const { log } = openLog(required(data, "--data"));
    const path = required(out, "--out");
    if (existsSync(path)) throw new Failure(`${path} exists already`);
    const part = `${path}.part`;
    await rm(part, { force: true });
    try {
      const { events, server, name } = await write(log, part);
      await rename(part, path);
      syncFolder(dirname(path));
      const unnamed = name === 0 ? "" : ` and ${name} of streams whose names are not valid UTF-8`;
      say(
        `${events} events up to position ${log.head} are in ${path}; left out: ${server} of the server's own${unnamed}`,
      );
    } catch (error) {
      await rm(part, { force: true });
      if (error instanceof CorruptRow) throw new Failure(error.message);
      throw new Failure(`${path} could not be written: ${messageOf(error)}`);
    } finally {
      await log.close();
    }
    return DONE;
  },
};

/** Numbers of exported events and of events left out, by reason. */
const write = async (log: LogReader, path: string): Promise<{ events: number; server: number; name: number }> => {
  const writer = await ExportWriter.create(path);
  const leftOut = { server: 0, name: 0 };
  try {
    for await (const { key, value } of log.log()) {
      const row = checkRow(value, keyPosition(key));
      const reason = leftOutFor(row);
      if (reason === undefined) await writer.event(portableEvent(row));
      else leftOut[reason]++;
    }
    return { events: await writer.end(), ...leftOut };
  } finally {
    await writer.close();
  }
};
