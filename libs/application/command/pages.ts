import { type DomainEvent } from "#domain/event.js";
import { type BasisPageRecorded, type InvoicePageRecorded } from "#domain/invoicing/events.js";
import { type NewEvent } from "#event-store/event.js";
import { basisPageEventId, pageEventId } from "#event-store/ids.js";

/** Maximum size of an append. The server's limit is 1 MiB for all events; the rest is for the protocol. */
const BYTES_PER_APPEND = 1_000_000;

/** An event that another one, recorded last, names by its id. It means nothing before that. */
export type Page = InvoicePageRecorded | BasisPageRecorded;

export const isPage = (event: DomainEvent): event is Page =>
  event.type === "InvoicePageRecorded" || event.type === "BasisPageRecorded";

/** A page's event id depends on its content only, so that what is repeated finds the pages of an interrupted attempt. */
export const pageId = ({ type, data }: Page): string =>
  type === "InvoicePageRecorded"
    ? pageEventId(data.invoiceId, data.page, data.contentHash)
    : basisPageEventId(data.invoiceId, data.page, data.contentHash);

/** Chained events with the ids of pages. @param events the same, before they were chained */
export const withPageIds = (chained: readonly NewEvent[], events: readonly DomainEvent[]): NewEvent[] =>
  chained.map((event, index) => {
    const source = events[index];
    return source && isPage(source) ? { ...event, id: pageId(source) } : event;
  });

/** Whether events fit one append, all together; of events without metadata, whether their data do. */
export const fitOneAppend = (events: readonly (Pick<NewEvent, "data"> & Partial<NewEvent>)[]): boolean => {
  let total = 0;
  // What does not fit may be far too much: no more of it is measured than that.
  return events.every(({ data, metadata = {} }) => {
    total += Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata)) + 256;
    return total <= BYTES_PER_APPEND;
  });
};

/** The events in as many appends as they need: all in one, else page by page with all others last. */
export const inAppends = (events: readonly NewEvent[]): NewEvent[][] => {
  if (events.length === 1 || fitOneAppend(events)) return [[...events]];
  const firstOther = events.findIndex(({ type, data }) => !isPage({ type, data }));
  const pages = firstOther < 0 ? events : events.slice(0, firstOther);
  const others = events.slice(pages.length);
  return [...pages.map((page) => [page]), ...(others.length > 0 ? [others] : [])];
};
