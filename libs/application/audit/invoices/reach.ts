import { reject } from "#domain/rejection.js";
import { comparePositions, type Position, positionFromText, positionToText, START } from "#event-store/position.js";
import { journalExtent } from "#read-models/journal/proof-queries.js";
import { type JobContext } from "../job.js";
import { type EventsFrom } from "./streams.js";

/** How far an audit looks, from when it began: what was recorded since is left out. Plain JSON. */
export interface Reach {
  /** The last position that is covered, as text. */
  readonly through: string;
  /** Up to here the journal has all, as text. */
  readonly mirrored: string;
  /** Of the event that stalls the provider, which the journal has not; null: it is not stalled. */
  readonly stalledAt: string | null;
  /** The journal's last entry; null: it has none. */
  readonly head: { readonly sequence: string; readonly logHash: string } | null;
}

/**
 * @param calls whether calls are read too: the journal names their streams, whatever the source
 * @throws Rejection CONFLICT where the journal is needed, and has nothing of the provider
 */
export const reachOf = async (
  { dataSource, store }: Pick<JobContext, "dataSource" | "store">,
  providerId: string,
  { source, calls }: { readonly source: EventsFrom; readonly calls: boolean },
): Promise<Reach> => {
  const { position, providers } = await journalExtent(dataSource, providerId);
  const { head = null, stalledAt = null } = providers[0] ?? {};
  const isNeeded = source === "journal" || calls;
  if (isNeeded && head === null) {
    const says =
      'The journal has nothing of this provider yet, or no longer: try again soon. "tenure verify" says what is gone.';
    throw reject("CONFLICT", says);
  }
  const mirrored = stalledAt ?? position ?? START;
  return {
    through: positionToText(isNeeded ? mirrored : await store.tail()),
    mirrored: positionToText(mirrored),
    stalledAt: stalledAt && positionToText(stalledAt),
    head: head && { sequence: head.sequence.toString(), logHash: head.logHash },
  };
};

/** Whether the journal should have what is at a position. */
export const isMirrored = ({ mirrored, stalledAt }: Reach, position: Position): boolean =>
  comparePositions(position, positionFromText(mirrored)) <= (stalledAt === null ? 0 : -1);
