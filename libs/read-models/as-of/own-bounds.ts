import { type Commitment, commitmentEvolver } from "#domain/commitments/commitment.js";
import { type CommitmentEvent } from "#domain/commitments/events.js";
import { boundsLeft } from "#domain/commitments/pause.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";

/**
 * The events of a stream that count, of a commitment with the bounds of discount end dates that these come to by
 * themselves: what is recorded are those of all changes of pauses, also of such that do not count.
 * @param counted of the stream, in order
 */
export const withOwnBounds = (
  stream: readonly RecordedEvent[],
  counted: readonly RecordedEvent[],
): readonly RecordedEvent[] => {
  const [first] = counted;
  if (!first || parseStreamName(first.stream).category !== "commitment") return counted;
  // Bounds follow from what was recorded before them: nothing of that is missing.
  if (counted.at(-1) === stream[counted.length - 1]) return counted;
  let state: Commitment | null = null;
  return counted.map((event) => {
    const own = ownBounds(state, event);
    state = commitmentEvolver.evolve(state, own as CommitmentEvent, own.id);
    return own;
  });
};

const ownBounds = (state: Commitment | null, event: RecordedEvent): RecordedEvent => {
  if (!("discountEndBounds" in event.data)) return event;
  const { discountEndBounds: _, ...data } = event.data;
  const unbounded = { ...event, data } as RecordedEvent;
  const after = commitmentEvolver.evolve(state, unbounded as CommitmentEvent, event.id);
  const bounds = after ? boundsLeft(after) : [];
  return bounds.length === 0
    ? unbounded
    : ({ ...event, data: { ...data, discountEndBounds: bounds } } as RecordedEvent);
};
