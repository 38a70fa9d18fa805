import { addDays, type LocalDate } from "#domain/calendar.js";
import { ownDayOf } from "#domain/lifecycle/end-nears.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Moment } from "./moment.js";
import { CATALOG } from "./streams.js";

/** Streams without a first event on which all others rest: each event says all that it tells. */
const WITHOUT_BEGINNING: ReadonlySet<string> = new Set(["lifecycle", "receivables", "usage", "register"]);

/**
 * The events of one stream that count as of a moment, in order: those up to the last that was recorded at `knownAt` or
 * before. Of a day, these up to the last that was recorded by its end, and of what was recorded later each event that
 * counts from the day or one before it ({@link countsFrom}): what is left out between them says nothing of the day.
 * Nothing is there before it began; what is of the catalog is as it was defined, where something dated back names it.
 * Clocks of several processes differ: an event may have been recorded before the one that it follows.
 */
export const cut = (
  stream: readonly RecordedEvent[],
  { knownAt, day, dayEnds }: Pick<Moment, "knownAt" | "day" | "dayEnds">,
): readonly RecordedEvent[] => {
  const known = stream.slice(
    0,
    knownAt === null ? stream.length : placeAfterLast(stream, ({ metadata }) => !isAfter(metadata.recordedAt, knownAt)),
  );
  const [first] = known;
  if (!first || day === null || dayEnds === null) return known;
  const recorded = placeAfterLast(known, ({ metadata }) => isAfter(dayEnds, metadata.recordedAt));
  const saying = known.filter((event, place) => place < recorded || countsFrom(event) <= day);
  const counted = withPauses(known, saying);
  const { category } = parseStreamName(first.stream);
  if (counted[0] === first || WITHOUT_BEGINNING.has(category)) return counted;
  return CATALOG.includes(category) ? [first] : [];
};

/** A pause may be moved to days before its ordering: then that counts as well. */
const withPauses = (known: readonly RecordedEvent[], saying: readonly RecordedEvent[]): readonly RecordedEvent[] => {
  const moved = new Set(saying.flatMap(({ type, data }) => (type === "PauseChanged" ? [data.pauseId] : [])));
  if (moved.size === 0) return saying;
  const own = new Set(saying);
  return known.filter(
    (event) =>
      own.has(event) ||
      ((event.type === "PauseScheduled" || event.type === "PauseRequestApproved") && moved.has(event.data.pauseId)),
  );
};

/**
 * The first day of which an event says something: the one that it names, or that of its ordering where it is earlier. A
 * "pause now" is ordered on the day before its first one, and what corrects a call counts with the sum of calls that it
 * corrects.
 */
export const countsFrom = (event: RecordedEvent): LocalDate => {
  const { type, data } = event;
  if (type === "CallCorrected" && data.period) return addDays(data.period.until, 1);
  return type === "PauseScheduled" && data.now ? addDays(data.effectiveOn, -1) : ownDayOf(data);
};

/** SQL: {@link countsFrom} of a row `j` of the journal; null where it holds only the hash. */
export const COUNTS_FROM = `CASE
  WHEN j.type = 'CallCorrected' AND j.data -> 'period' ? 'until' THEN (j.data #>> '{period,until}')::date + 1
  WHEN j.type = 'PauseScheduled' AND j.data ->> 'now' = 'true' THEN (j.data ->> 'effectiveOn')::date - 1
  ELSE LEAST((j.data ->> 'effectiveOn')::date, (j.data ->> 'orderedOn')::date) END`;

const placeAfterLast = (stream: readonly RecordedEvent[], counts: (event: RecordedEvent) => boolean): number =>
  stream.findLastIndex(counts) + 1;

const isAfter = (a: string, b: string): boolean => Date.parse(a) > Date.parse(b);
