import { eventCategories } from "#event-store/catalogue.js";
import { type Origin, originOf, type RecordedEvent } from "#event-store/event.js";
import { type GivenColumn, givenRows } from "../runner/given-rows.js";
import { type Projection } from "../runner/projection.js";

const FROM_OUTSIDE: ReadonlySet<Origin> = new Set(["api", "cli"]);

/**
 * Accepted commands from outside, each with the stream that holds its result and the hash that distinguishes it from
 * another one with the same key. Workers find repetitions in the streams themselves.
 */
export const commandsProjection: Projection = {
  name: "commands",
  version: 2,
  tables: ["processed_commands"],
  // A reservation precedes the command's own event: it does not mean that the command was accepted.
  categories: eventCategories.filter((category) => category !== "identifier"),
  async apply(manager, events) {
    const commands = new Map<string, Processed>();
    for (const event of events) {
      if (!FROM_OUTSIDE.has(originOf(event.metadata))) continue;
      // Where a command's events are in several streams, the last one counts.
      commands.set(`${event.metadata.provider}/${event.metadata.commandId}`, processed(event));
    }
    if (commands.size === 0) return;
    const { select, parameters } = await givenRows(manager, "processed_commands", COLUMNS, [...commands.values()]);
    await manager.query(
      `INSERT INTO processed_commands (${COLUMNS.map(({ name }) => name).join(", ")}) ${select}
       ON CONFLICT (provider_id, command_id)
         DO UPDATE SET command_hash = EXCLUDED.command_hash, stream = EXCLUDED.stream`,
      [...parameters],
    );
  },
};

interface Processed {
  readonly provider_id: string;
  readonly command_id: string;
  readonly command_hash: string;
  readonly stream: string;
}

const COLUMNS: readonly GivenColumn[] = ["provider_id", "command_id", "command_hash", "stream"].map((name) => ({
  name,
  property: name,
}));

const processed = ({ stream, metadata }: RecordedEvent): Processed => ({
  provider_id: metadata.provider,
  command_id: metadata.commandId,
  command_hash: metadata.commandHash,
  stream,
});
