import { type RecordedEvent } from "#event-store/event.js";
import { type Moment } from "./moment.js";

/**
 * The events of one stream that count as of a moment, in order: those up to the last that was recorded at `knownAt` or
 * before, and of these up to the last that was recorded by the end of the day, or takes effect on the day or before it.
 * It is the beginning of a stream in any case, so that states fold. Clocks of several processes differ: an event may
 * have been recorded before the one that it follows.
 */
export const cut = (
  stream: readonly RecordedEvent[],
  { knownAt, day, dayEnds }: Pick<Moment, "knownAt" | "day" | "dayEnds">,
): readonly RecordedEvent[] => {
  const known =
    knownAt === null ? stream : throughLast(stream, ({ metadata }) => !isAfter(metadata.recordedAt, knownAt));
  if (day === null || dayEnds === null) return known;
  return throughLast(known, ({ data, metadata }) => data.effectiveOn <= day || isAfter(dayEnds, metadata.recordedAt));
};

const throughLast = (
  stream: readonly RecordedEvent[],
  counts: (event: RecordedEvent) => boolean,
): readonly RecordedEvent[] => stream.slice(0, stream.findLastIndex(counts) + 1);

const isAfter = (a: string, b: string): boolean => Date.parse(a) > Date.parse(b);
