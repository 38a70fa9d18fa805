import { type NumbersAssigned } from "#domain/invoicing/events.js";
import { type RecordedEvent } from "#event-store/event.js";
import { comparePositions } from "#event-store/position.js";
import { parseStreamName } from "#event-store/streams.js";
import { cut } from "./cut.js";
import { type Moment } from "./moment.js";
import { withOwnBounds } from "./own-bounds.js";

/** Streams, each with its events in order. */
export type Streams = readonly (readonly RecordedEvent[])[];

/** What projections are given for the answer of a moment. */
export interface Selected {
  /** In log order. */
  readonly events: readonly RecordedEvent[];
  /** Events of the same streams that do not count, though some behind them do: no row misses them. */
  readonly leftOut: readonly RecordedEvent[];
}

/**
 * @param streams of customers and the catalog, whole
 * @param registered events of the provider's registers as known at `knownAt`: of their numbers those of the
 * documents that are there
 */
export const selectEvents = (
  streams: Streams,
  registered: readonly RecordedEvent[],
  moment: Pick<Moment, "knownAt" | "day" | "dayEnds">,
): Selected => {
  const whole = new Map(streams.map((stream) => [stream[0]?.stream ?? "", stream]));
  const there = withOwners(streams.map((stream) => cut(stream, moment)));
  const events = there.flatMap((counted) => withOwnBounds(whole.get(counted[0]?.stream ?? "") ?? [], counted));
  const documents = new Set(events.flatMap(documentsSealed));
  const numbered = registered.flatMap((event) => numbersOf(event, documents, moment));
  return {
    events: [...events, ...numbered].sort((a, b) => comparePositions(a.position, b.position)),
    leftOut: leftOutOf(streams, new Set(there.flat())),
  };
};

const leftOutOf = (streams: Streams, counted: ReadonlySet<RecordedEvent>): readonly RecordedEvent[] =>
  streams.flatMap((stream) => {
    const last = stream.findLastIndex((event) => counted.has(event));
    return stream.slice(0, last + 1).filter((event) => !counted.has(event));
  });

/**
 * Without the streams that follow another one that is not there yet: signals and receivables, where clocks that differ
 * let them be known a moment earlier.
 */
const withOwners = (streams: Streams): Streams => {
  const present = streams.filter((stream) => stream.length > 0);
  const owners = new Set(
    present.flatMap(([first]) => {
      const { category, id } = parseStreamName(first?.stream ?? "");
      return category === "customer" || category === "commitment" ? [id] : [];
    }),
  );
  return present.filter(([first]) => {
    const { category, id } = parseStreamName(first?.stream ?? "");
    return (category !== "lifecycle" && category !== "receivables") || owners.has(id);
  });
};

const documentsSealed = (event: RecordedEvent): string[] => {
  if (event.type === "InvoiceSealed") return [event.data.invoiceId];
  return event.type === "CreditNoteSealed" ? [event.data.creditNoteId] : [];
};

/**
 * An event of a register as if it had numbered one document each: of these documents those whose date has come, or that
 * were numbered by the end of the day.
 */
const numbersOf = (
  event: RecordedEvent,
  documents: ReadonlySet<string>,
  { day, dayEnds }: Pick<Moment, "day" | "dayEnds">,
): readonly RecordedEvent<NumbersAssigned>[] => {
  if (event.type !== "NumbersAssigned") return [];
  const { first, invoices } = event.data;
  const isEarly = dayEnds === null || Date.parse(event.metadata.recordedAt) < Date.parse(dayEnds);
  return invoices.flatMap((invoice, index) =>
    documents.has(invoice.invoiceId) && (isEarly || day === null || invoice.issuedOn <= day)
      ? [{ ...event, data: { ...event.data, first: first + index, invoices: [invoice] } }]
      : [],
  );
};
