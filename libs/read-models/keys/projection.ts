import { ofType } from "#event-store/catalogue.js";
import { foldStreams } from "../runner/fold-streams.js";
import { type Projection } from "../runner/projection.js";
import { toJsonb } from "../runner/fit.js";
import { upsert } from "../runner/upsert.js";
import { keys } from "./table.js";

/** API keys, found by the hashes of their secrets. */
export const keysProjection: Projection<"key"> = {
  name: "keys",
  version: 1,
  tables: ["api_keys"],
  categories: ["key"],
  async apply(manager, events) {
    const folded = await foldStreams(manager, "key", { table: "api_keys", idColumn: "id" }, events);
    const rows = folded.map(({ provider, id, state, revision, last, first }) => ({
      ...{ id, providerId: provider, secretHash: state.secretHash, roles: state.roles, state },
      grantedBy: first.metadata.actor,
      revision: revision.toString(),
      createdCommit: first.position.commit.toString(),
      createdAt: first.metadata.recordedAt,
      updatedAt: last.metadata.recordedAt,
    }));
    const fixed = ["grantedBy", "createdCommit", "createdAt"] as const;
    await upsert(manager, keys, rows, { fixed, kept: ["revokedAt", "revokedBy"] });
    const revocations = folded.flatMap(({ id, events: own }) =>
      ofType(own, "KeyRevoked").map(({ metadata }) => ({ id, at: metadata.recordedAt, actor: metadata.actor })),
    );
    if (revocations.length === 0) return;
    await manager.query(
      `UPDATE api_keys k SET revoked_at = r.at, revoked_by = r.actor
         FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, at timestamptz, actor text) WHERE k.id = r.id`,
      [toJsonb(revocations)],
    );
  },
};
