import { parseStreamName } from "#event-store/streams.js";
import { type Projection } from "../runner/projection.js";

/** Reserved account ids and aliases, for the processor that releases unused ones. */
export const identifiersProjection: Projection<"identifier"> = {
  name: "identifiers",
  version: 1,
  tables: ["identifiers"],
  categories: ["identifier"],
  async apply(manager, events) {
    const last = new Map(
      events.map((event) => {
        const { provider, id } = parseStreamName(event.stream);
        const { ownerId } = event.data;
        const row = {
          provider_id: provider,
          identifier_hash: id,
          owner_id: ownerId,
          reserved_at: event.metadata.recordedAt,
        };
        return [event.stream, { row, reserved: event.type === "IdentifierReserved" }];
      }),
    );
    const rows = (reserved: boolean) =>
      JSON.stringify([...last.values()].filter((entry) => entry.reserved === reserved).map(({ row }) => row));
    await manager.query(
      `DELETE FROM identifiers i USING jsonb_populate_recordset(NULL::identifiers, $1::jsonb) n
        WHERE i.provider_id = n.provider_id AND i.identifier_hash = n.identifier_hash`,
      [rows(false)],
    );
    await manager.query(
      `INSERT INTO identifiers SELECT * FROM jsonb_populate_recordset(NULL::identifiers, $1::jsonb)
       ON CONFLICT (provider_id, identifier_hash)
         DO UPDATE SET owner_id = EXCLUDED.owner_id, reserved_at = EXCLUDED.reserved_at`,
      [rows(true)],
    );
  },
};
