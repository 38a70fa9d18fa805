import { appendGroups } from "./append-groups.js";
import { DONE, Misuse, readOptions, required, say, type Command } from "./command.js";
import { checkExport, exportedEvents } from "./export-file.js";

export const command: Command = {
  summary: "append the events of an export to a folder or, with the ordinary client, to a server",
  help: `usage: tenure-eventstore import --in FILE --data DIR
       tenure-eventstore import --in FILE --url esdb://HOST:PORT [--after POSITION]

Appends the events of an export in their order, with their ids, their metadata and, in a folder, their time
(a server gives its own). Streams that the export continues must be where they were. Nothing is written
unless the whole file is as it was exported.

  --in FILE          an export
  --data DIR         a folder that no server runs on; it is made when it does not exist
  --url URL          an EventStoreDB or KurrentDB cluster, or a running tenure-eventstore; the URL may
                     carry credentials, which have to be allowed to write stream metadata and to delete
  --after POSITION   leave out what lies up to this position of the export: to go on after a failure,
                     which says with what

Repeating an import changes nothing, unless it deletes streams for good. Positions are new ones: what has
noted positions (the checkpoints of read models) has to be built again. Into a server one append follows
the other, which takes its time; a million events into a folder take minutes.`,

  run: async (args) => {
    const options = readOptions(args, {
      in: { type: "string" },
      data: { type: "string" },
      url: { type: "string" },
      after: { type: "string", default: "0" },
    });
    const file = required(options.in, "--in");
    if ((options.data === undefined) === (options.url === undefined)) {
      throw new Misuse("name either --data or --url");
    }
    if (!/^\d+$/.test(options.after)) throw new Misuse(`--after ${options.after} is not a position`);
    await checkExport(file);
    const groups = appendGroups(exportedEvents(file), Number(options.after));
    const events = await write(groups, options);
    say(`${events} events of ${file} are in ${options.data ?? "the server"}`);
    return DONE;
  },
};

const write = async (
  groups: ReturnType<typeof appendGroups>,
  { data, url }: { data?: string | undefined; url?: string | undefined },
): Promise<number> => {
  if (data !== undefined) return (await import("./import-into-folder.js")).importIntoFolder(data, groups);
  return (await import("./import-into-server.js")).importIntoServer(url ?? "", groups);
};
