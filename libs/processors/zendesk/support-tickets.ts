import { addDays, type LocalDate, startOfDay, type TimeZone } from "#domain/calendar.js";
import { type MeasuredTicket } from "#domain/tickets/support-cost.js";
import { statusOf, type TicketRecord, type TicketStatus } from "./ticket.js";
import { type Asking, listedTickets } from "./ticket-pages.js";

/** Tickets that are looked at for one answer, at most: each hundred is a request. */
export const MOST_MEASURED = 2_000;

/** What the time of tickets is taken from: the custom field that agents' time is kept in, or how long a solution took. */
export const timeSources = ["TIME_FIELD", "RESOLUTION_TIME"] as const;
export type TimeSource = (typeof timeSources)[number];

export interface SupportTickets {
  readonly tickets: readonly MeasuredTicket<TicketStatus>[];
  readonly timeSource: TimeSource;
  /** Whether all tickets of the days were looked at. */
  readonly isComplete: boolean;
}

/**
 * The tickets that an organization opened on days, both included, with the time that each took.
 * @param most tickets that are looked at
 * @throws ZendeskFailure
 */
export const supportTicketsOf = async (
  asking: Asking,
  { from, until }: { readonly from: LocalDate; readonly until: LocalDate },
  zone: TimeZone,
  most = MOST_MEASURED,
): Promise<SupportTickets> => {
  const { timeFieldId } = asking.client.configuration;
  const [first, end] = [Date.parse(startOfDay(from, zone)), Date.parse(startOfDay(addDays(until, 1), zone))];
  const tickets: MeasuredTicket<TicketStatus>[] = [];
  const answer = { tickets, timeSource: timeFieldId === null ? "RESOLUTION_TIME" : "TIME_FIELD" } as const;
  let looked = 0;
  for await (const { record } of listedTickets(asking, null, timeFieldId === null)) {
    const at = Date.parse(record.created_at);
    // Newest first: nothing that follows is younger.
    if (at < first) break;
    if (looked === most) return { ...answer, isComplete: false };
    looked += 1;
    if (at >= end) continue;
    const seconds = timeFieldId === null ? resolutionSeconds(record) : fieldSeconds(record, timeFieldId);
    tickets.push({ createdAt: record.created_at, status: statusOf(record), seconds });
  }
  return { ...answer, isComplete: true };
};

/** Of business hours where Zendesk knows them, else of all hours; null: not solved yet. */
const resolutionSeconds = ({ metric_set: measured }: TicketRecord): number | null => {
  const minutes = measured?.full_resolution_time_in_minutes;
  const known = minutes?.business ?? minutes?.calendar ?? null;
  return known === null ? null : known * 60;
};

/** The field holds whole seconds, as a number or as text. */
const fieldSeconds = ({ custom_fields: fields = [] }: TicketRecord, timeFieldId: string): number | null => {
  const value = fields.find(({ id }) => String(id) === timeFieldId)?.value;
  if (value === null || value === undefined || value === "") return null;
  const seconds = Number(value);
  return Number.isSafeInteger(seconds) && seconds >= 0 ? seconds : null;
};
