import { type DomainEvent } from "#domain/event.js";
import { type RecordedEvent } from "#event-store/event.js";
import { line, numbers, page, sealed } from "#read-models/spec-support/story.js";

/** Records an event in the stream of a category by a name of the story. */
export type RecordEvents = (category: string, name: string, ...events: DomainEvent[]) => RecordedEvent;

/** Records an invoice of Ann's, of 15.00, with its number; the first is July's, the second June's, and so on. */
export const issueInvoice = (record: RecordEvents, name: string, number: number, dueOn: string): RecordedEvent => {
  const recorded = page(name, 1, [line("first")]);
  const { id: eventId } = record("receivables", "Ann", recorded);
  const { contentHash } = recorded.data;
  const month = `2020-0${8 - number}`;
  const period = { from: `${month}-01`, until: `${month}-${month === "2020-06" ? "30" : "31"}` };
  record("receivables", "Ann", sealed(name, "Ann", [{ page: 1, eventId, contentHash }], { dueOn, period }));
  return record("register", `invoices ${number}`, numbers(number, [name, "Ann"]));
};
