import { eventCategories } from "#event-store/catalogue.js";
import { type Origin, originOf, type RecordedEvent } from "#event-store/event.js";
import { type GivenColumn, givenRows } from "../runner/given-rows.js";
import { type Projection } from "../runner/projection.js";

const FROM_OUTSIDE: ReadonlySet<Origin> = new Set(["api", "cli"]);

/**
 * Accepted commands from outside, each with the stream that holds its result. Workers find repetitions in the streams
 * themselves.
 */
export const commandsProjection: Projection = {
  name: "commands",
  version: 1,
  tables: ["processed_commands"],
  // A reservation precedes the command's own event: it does not mean that the command was accepted.
  categories: eventCategories.filter((category) => category !== "identifier"),
  async apply(manager, events) {
    const commands = new Map<string, Processed>();
    for (const event of events) {
      if (!FROM_OUTSIDE.has(originOf(event.metadata))) continue;
      const { provider, commandId } = event.metadata;
      const key = `${provider}/${commandId}`;
      commands.set(key, processed(event, commands.get(key)));
    }
    if (commands.size === 0) return;
    const rows = [...commands.values()];
    const { select, parameters } = await givenRows(manager, "processed_commands", COLUMNS, rows);
    await manager.query(
      `INSERT INTO processed_commands AS p (${COLUMNS.map(({ name }) => name).join(", ")}) ${select}
       ON CONFLICT (provider_id, command_id) DO UPDATE SET
         stream = EXCLUDED.stream,
         first_revision = CASE WHEN p.stream = EXCLUDED.stream THEN p.first_revision ELSE EXCLUDED.first_revision END,
         last_revision = EXCLUDED.last_revision,
         commit = EXCLUDED.commit,
         prepare = EXCLUDED.prepare,
         recorded_at = EXCLUDED.recorded_at`,
      [...parameters],
    );
  },
};

interface Processed {
  readonly provider_id: string;
  readonly command_id: string;
  readonly command_hash: string;
  readonly actor: string;
  readonly stream: string;
  readonly first_revision: string;
  readonly last_revision: string;
  readonly commit: string;
  readonly prepare: string;
  readonly recorded_at: string;
}

const COLUMNS: readonly GivenColumn[] = [
  ...["provider_id", "command_id", "command_hash", "actor", "stream"],
  ...["first_revision", "last_revision", "commit", "prepare", "recorded_at"],
].map((name) => ({ name, property: name }));

/** Where a command's events are in several streams, the last one counts. */
const processed = (event: RecordedEvent, before: Processed | undefined): Processed => ({
  provider_id: event.metadata.provider,
  command_id: event.metadata.commandId,
  command_hash: event.metadata.commandHash,
  actor: event.metadata.actor,
  stream: event.stream,
  first_revision: before?.stream === event.stream ? before.first_revision : event.revision.toString(),
  last_revision: event.revision.toString(),
  commit: event.position.commit.toString(),
  prepare: event.position.prepare.toString(),
  recorded_at: event.metadata.recordedAt,
});
