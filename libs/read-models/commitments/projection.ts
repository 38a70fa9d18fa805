import { type EntityManager } from "typeorm";
import { dateOf } from "#domain/calendar.js";
import { type Commitment } from "#domain/commitment/commitment.js";
import { discountEndOn } from "#domain/commitment/discount-end.js";
import { type CommitmentTerminated } from "#domain/commitment/events.js";
import { termsOn } from "#domain/commitment/terms.js";
import { type Folded, foldStreams } from "../runner/fold-streams.js";
import { type Projection } from "../runner/projection.js";
import { upsert } from "../runner/upsert.js";
import { streamKinds } from "../streams.js";
import { type CommitmentRow, commitments } from "./table.js";

const stateTable = { table: "commitments", idColumn: "id" };

/** Commitments as their streams fold. */
export const commitmentsProjection: Projection = {
  name: "commitments",
  version: 2,
  tables: ["commitments"],
  handles: new Set(streamKinds.commitment.types),
  async apply(manager, events) {
    const folded = await foldStreams(manager, "commitment", stateTable, events);
    await upsert(manager, commitments, folded.map(toRow), { fixed: ["createdCommit"], kept: ["penaltyPreview"] });
    await writePreviews(manager, folded);
  },
};

/** The state does not hold what terminating answered; a later event must not lose it. */
const writePreviews = async (manager: EntityManager, folded: readonly Folded<Commitment>[]): Promise<void> => {
  const previews = folded.flatMap(({ provider, id, events }) => {
    const termination = events.findLast(({ type }) => type === "CommitmentTerminated");
    if (!termination) return [];
    const { penaltyPreview } = termination.data as CommitmentTerminated["data"];
    return [{ provider_id: provider, id, penalty_preview: penaltyPreview }];
  });
  if (previews.length === 0) return;
  await manager.query(
    `UPDATE commitments c SET penalty_preview = p.penalty_preview
       FROM jsonb_populate_recordset(NULL::commitments, $1::jsonb) AS p
      WHERE c.provider_id = p.provider_id AND c.id = p.id`,
    [JSON.stringify(previews)],
  );
};

const toRow = ({
  provider,
  id,
  state,
  revision,
  last,
  first,
}: Folded<Commitment>): Omit<CommitmentRow, "penaltyPreview"> => {
  // Rows know no clock: what depends on the day is as it was on the day of the last event.
  const day = dateOf(last.metadata.recordedAt, "UTC");
  const terms = termsOn(state, day);
  return {
    providerId: provider,
    id,
    accountId: state.accountId,
    customerId: state.customerId,
    offerId: terms.offerId,
    offerName: terms.name,
    currency: terms.currency,
    start: state.start,
    discountEnd: discountEndOn(state, day),
    terminatedOn: state.termination?.on ?? null,
    early: state.termination?.early ?? null,
    state,
    revision: revision.toString(),
    createdCommit: first.position.commit.toString(),
    updatedAt: last.metadata.recordedAt,
  };
};
