import { type EntityManager } from "typeorm";
import { dateOf, type Instant, later, type LocalDate } from "#domain/calendar.js";
import { type Commitment } from "#domain/commitments/commitment.js";
import { discountEndOn } from "#domain/commitments/discount-end.js";
import { type CommitmentEvent } from "#domain/commitments/events.js";
import { termsOn } from "#domain/commitments/terms.js";
import { type Amount } from "#domain/money.js";
import { isOf, ofType } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Folded, foldStreams } from "../runner/fold-streams.js";
import { type Projection } from "../runner/projection.js";
import { toJsonb } from "../runner/fit.js";
import { upsert } from "../runner/upsert.js";
import { type CommitmentRow, commitments } from "./table.js";

/** Signals of terms that come by themselves. */
const COMING = ["PlannedUpgradeTookEffect", "UpgradeTookEffect", "RenewalTookEffect"] as const;

const stateTable = { table: "commitments", idColumn: "id" };

/** Commitments, each as the folded state of its streams. */
export const commitmentsProjection: Projection<"commitment" | "lifecycle"> = {
  name: "commitments",
  version: 9,
  tables: ["commitments"],
  lateIndexes: [
    "commitments_account",
    "commitments_asked",
    "commitments_created",
    "commitments_customer",
    "commitments_discount_end",
    "commitments_offer",
    "commitments_terminated",
  ],
  categories: ["commitment", "lifecycle"],
  async apply(manager, events) {
    const own = events.filter((event) => isOf(event, "commitment"));
    const folded = await foldStreams(manager, "commitment", stateTable, own);
    await upsert(manager, commitments, folded.map(toRow), {
      fixed: ["createdCommit", "createdAt"],
      kept: ["penaltyPreview"],
    });
    await writePreviews(manager, folded);
    await showComing(manager, events);
  },
};

/** Terms can be recorded before the commitment holds them: rows show them from their day on. */
const showComing = async (manager: EntityManager, events: readonly RecordedEvent[]): Promise<void> => {
  // The last one of each commitment, none before a command, whose row shows them: as if each came in a batch of its own.
  const days = new Map<string, { readonly provider: string; readonly id: string; readonly on: LocalDate }>();
  for (const event of events) {
    const { provider, id } = parseStreamName(event.stream);
    if (isOf(event, "commitment")) days.delete(`${provider}/${id}`);
    const [signal] = COMING.flatMap((type) => ofType([event], type));
    if (signal) days.set(`${provider}/${id}`, { provider, id, on: signal.data.effectiveOn });
  }
  if (days.size === 0) return;
  const keys = [...days.values()];
  const stored = await manager.query<{ provider_id: string; id: string; state: Commitment; updated_at: Date }[]>(
    `SELECT c.provider_id, c.id, c.state, c.updated_at FROM commitments c
       JOIN unnest($1::uuid[], $2::uuid[]) AS k (provider_id, id) ON c.provider_id = k.provider_id AND c.id = k.id`,
    [keys.map(({ provider }) => provider), keys.map(({ id }) => id)],
  );
  const shown = stored.map(({ provider_id, id, state, updated_at }) => {
    // A signal may be recorded after a command of a later day.
    const day = later(days.get(`${provider_id}/${id}`)?.on ?? state.start, dayOf(updated_at.toISOString()));
    const { offerId, name } = termsOn(state, day);
    return { provider_id, id, offer_id: offerId, offer_name: name, discount_end: discountEndOn(state, day) };
  });
  await manager.query(
    `UPDATE commitments c SET offer_id = s.offer_id, offer_name = s.offer_name, discount_end = s.discount_end
       FROM jsonb_populate_recordset(NULL::commitments, $1::jsonb) AS s
      WHERE c.provider_id = s.provider_id AND c.id = s.id`,
    [toJsonb(shown)],
  );
};

/**
 * Writes the penalty previews, which are not part of the state. Later events keep a preview; cancelling the termination
 * removes it.
 */
const writePreviews = async (
  manager: EntityManager,
  folded: readonly Folded<Commitment, RecordedEvent<CommitmentEvent>>[],
): Promise<void> => {
  const previews = folded.flatMap(({ provider, id, events }) => {
    const preview = events.reduce<Amount | null | undefined>(previewAfter, undefined);
    return preview === undefined ? [] : [{ provider_id: provider, id, penalty_preview: preview }];
  });
  if (previews.length === 0) return;
  await manager.query(
    `UPDATE commitments c SET penalty_preview = p.penalty_preview
       FROM jsonb_populate_recordset(NULL::commitments, $1::jsonb) AS p
      WHERE c.provider_id = p.provider_id AND c.id = p.id`,
    [JSON.stringify(previews)],
  );
};

/** @returns null: there is none any more; undefined: the event does not change it */
const previewAfter = (preview: Amount | null | undefined, event: CommitmentEvent): Amount | null | undefined => {
  if (event.type === "CommitmentTerminated") return event.data.penaltyPreview;
  return event.type === "TerminationCancelled" ? null : preview;
};

/**
 * Rows depend on neither clock nor time zone: values that depend on the day are those of the last event's day, in the
 * zone where days begin first. No customer's today was later then, so everything in effect for a customer is shown.
 */
const dayOf = (recordedAt: Instant): LocalDate => dateOf(recordedAt, "Pacific/Kiritimati");

const toRow = ({
  provider,
  id,
  state,
  revision,
  last,
  first,
}: Folded<Commitment>): Omit<CommitmentRow, "penaltyPreview"> => {
  const day = dayOf(last.metadata.recordedAt);
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
    createdAt: first.metadata.recordedAt,
    updatedAt: last.metadata.recordedAt,
  };
};
