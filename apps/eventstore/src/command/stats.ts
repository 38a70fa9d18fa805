import { markedFormat } from "../folder.js";
import type { LogReader } from "../log/log-reader.js";
import { rowFields } from "../log/row-fields.js";
import { checkRow } from "../log/row.js";
import { positionKey } from "../log/keys.js";
import { FIRST_POSITION } from "../log/store.js";
import { DONE, readOptions, required, say, type Command } from "./command.js";
import { openLog } from "./open-log.js";

export const command: Command = {
  summary: "what is in a log, and how large it is",
  help: `usage: tenure-eventstore stats --data DIR [--json]

Counts what is in the log, without reading it. Changes nothing; a server may be running on the folder.

  --data DIR   the folder with the log
  --json       one JSON object instead of lines`,

  run: async (args) => {
    const { data, json } = readOptions(args, { data: { type: "string" }, json: { type: "boolean" } });
    const { folder, log } = openLog(required(data, "--data"));
    const { file, used, free } = log.size;
    const stats = {
      format: markedFormat(folder),
      opened: log.generation,
      events: log.count("log"),
      streams: log.count("streams"),
      remembered: log.count("state"),
      head: log.head,
      first: createdAt(log, FIRST_POSITION),
      last: createdAt(log, log.head),
      fileBytes: file,
      usedBytes: used,
      reservedBytes: free,
    };
    await log.close();
    if (json) say(JSON.stringify(stats));
    else for (const [name, value] of Object.entries(stats)) say(`${LABELS[name as keyof typeof stats]}${value ?? "-"}`);
    return DONE;
  },
};

const LABELS = {
  format: "format               ",
  opened: "opened for writing   ",
  events: "events               ",
  streams: "streams              ",
  remembered: "remembered values    ",
  head: "last position        ",
  first: "first event          ",
  last: "last event           ",
  fileBytes: "bytes of the file    ",
  usedBytes: "  in use             ",
  reservedBytes: "  kept for commits   ",
} as const;

const createdAt = (log: LogReader, position: number): string | undefined => {
  const row = log.get("log", positionKey(position));
  return row && new Date(rowFields(checkRow(row, position)).created).toISOString();
};
