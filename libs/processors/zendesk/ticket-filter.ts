import { addDays, type Instant, type LocalDate, startOfDay, type TimeZone } from "#domain/calendar.js";
import { type Ticket, type TicketPriority, type TicketStatus } from "./ticket.js";

/** Conditions that all hold; of a list, one of its values. Days are the customer's, the last one included. */
export interface TicketFilter {
  readonly number?: string | null | undefined;
  /** Words that stand in the subject in this order. */
  readonly subject?: string | null | undefined;
  readonly priority?: readonly TicketPriority[] | null | undefined;
  readonly status?: readonly TicketStatus[] | null | undefined;
  readonly createdFrom?: LocalDate | null | undefined;
  readonly createdUntil?: LocalDate | null | undefined;
  readonly updatedFrom?: LocalDate | null | undefined;
  readonly updatedUntil?: LocalDate | null | undefined;
}

/** Whether there is any condition. */
export const isGiven = (filter: TicketFilter): boolean =>
  Object.values(filter).some((value) => value !== undefined && value !== null);

/** What Zendesk's search language would read as more than text: quotes of any kind, colons, brackets, comparisons. */
const LANGUAGE =
  /["'`\u00ab\u00bb\u2018-\u201f\u2032-\u2036\u2039\u203a\u300c-\u300f\uff02\uff07:\uff1a<>=*\\|()[\]{}\p{Cc}]/gu;

/**
 * Text that says nothing to Zendesk's search but its words. Several values of a key mean any of them there, so
 * `x" organization:99` would find the tickets of a neighbour.
 */
export const plainWords = (text: string): string =>
  text
    .replaceAll(LANGUAGE, " ")
    .split(/\s+/)
    .map((word) => word.replace(/^[-+!&]+/, ""))
    .filter((word) => word !== "")
    .join(" ");

/**
 * The query that finds an organization's tickets; null: nothing can match, since no word of the text is left, or a list
 * has no value.
 * @param organizationId decimal digits
 */
export const searchQuery = (organizationId: string, filter: TicketFilter, zone: TimeZone): string | null => {
  const subject = filter.subject == null ? null : plainWords(filter.subject);
  const isNone = (values: readonly string[] | null | undefined): boolean => values?.length === 0;
  if (subject === "" || isNone(filter.status) || isNone(filter.priority)) return null;
  const terms = [
    "type:ticket",
    `organization:${organizationId}`,
    ...(filter.status ?? []).map((status) => `status:${status.toLowerCase()}`),
    ...(filter.priority ?? []).map((priority) => `priority:${priority.toLowerCase()}`),
    ...(subject === null ? [] : [`subject:"${subject}"`]),
    ...bounds(filter, zone).map(({ what, from, before }) =>
      [from && `${what}>=${from}`, before && `${what}<${before}`].filter(Boolean).join(" "),
    ),
  ];
  return terms.filter((term) => term !== "").join(" ");
};

/** Whether a ticket meets the conditions; its number is not looked at. */
export const meets = (ticket: Ticket, filter: TicketFilter, zone: TimeZone): boolean => {
  const { status, priority } = filter;
  const subject = filter.subject == null ? null : plainWords(filter.subject).toLowerCase();
  return (
    (status == null || (ticket.status !== null && status.includes(ticket.status))) &&
    (priority == null || (ticket.priority !== null && priority.includes(ticket.priority))) &&
    (subject === null || (subject !== "" && plainWords(ticket.subject).toLowerCase().includes(subject))) &&
    bounds(filter, zone).every(({ what, from, before }) => {
      const at = Date.parse(what === "created" ? ticket.createdAt : ticket.updatedAt);
      return (from === null || at >= Date.parse(from)) && (before === null || at < Date.parse(before));
    })
  );
};

/** The days as instants: from the first one's beginning until the one after the last begins. */
const bounds = (
  { createdFrom, createdUntil, updatedFrom, updatedUntil }: TicketFilter,
  zone: TimeZone,
): { readonly what: "created" | "updated"; readonly from: Instant | null; readonly before: Instant | null }[] => {
  const begin = (date: LocalDate | null | undefined): Instant | null => (date ? startOfDay(date, zone) : null);
  const end = (date: LocalDate | null | undefined): Instant | null =>
    date ? startOfDay(addDays(date, 1), zone) : null;
  return [
    { what: "created", from: begin(createdFrom), before: end(createdUntil) },
    { what: "updated", from: begin(updatedFrom), before: end(updatedUntil) },
  ];
};
