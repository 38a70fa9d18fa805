import { foldStreams } from "../runner/fold-streams.js";
import { type Projection } from "../runner/projection.js";
import { upsert } from "../runner/upsert.js";
import { providers } from "./table.js";

/** Providers with their test clocks. */
export const providersProjection: Projection<"provider"> = {
  name: "providers",
  version: 2,
  tables: ["providers"],
  categories: ["provider"],
  async apply(manager, events) {
    const folded = await foldStreams(manager, "provider", { table: "providers", idColumn: "provider_id" }, events);
    const rows = folded.map(({ provider, state, revision, last, first }) => ({
      providerId: provider,
      name: state.name,
      testClock: state.testClock,
      advanceTo: state.advance?.to ?? null,
      state,
      revision: revision.toString(),
      createdCommit: first.position.commit.toString(),
      createdAt: first.metadata.recordedAt,
      updatedAt: last.metadata.recordedAt,
    }));
    await upsert(manager, providers, rows, { fixed: ["createdCommit", "createdAt"] });
  },
};
