import { foldStreams } from "../runner/fold-streams.js";
import { type Projection } from "../runner/projection.js";
import { upsert } from "../runner/upsert.js";
import { people } from "./table.js";

/** People of customers, found by their customers, addresses, accounts and the hashes of their links. */
export const peopleProjection: Projection<"person"> = {
  name: "people",
  version: 2,
  tables: ["people"],
  categories: ["person"],
  async apply(manager, events) {
    const folded = await foldStreams(manager, "person", { table: "people", idColumn: "id" }, events);
    const rows = folded.map(({ provider, id, state, revision, last, first }) => ({
      ...{ id, providerId: provider, customerId: state.customerId, state },
      email: state.email.toLowerCase(),
      isRemoved: state.removedBecause !== null,
      linkHashes: state.links.filter(({ isUsed }) => !isUsed).map(({ secretHash }) => secretHash),
      issuer: state.account?.issuer ?? null,
      subject: state.account?.subject ?? null,
      revision: revision.toString(),
      createdCommit: first.position.commit.toString(),
      createdAt: first.metadata.recordedAt,
      updatedAt: last.metadata.recordedAt,
    }));
    await upsert(manager, people, rows, { fixed: ["createdCommit", "createdAt"] });
  },
};
