import { type Instant } from "#domain/calendar.js";

export const ticketPriorities = ["LOW", "NORMAL", "HIGH", "URGENT"] as const;
export type TicketPriority = (typeof ticketPriorities)[number];
export const ticketTypes = ["PROBLEM", "INCIDENT", "QUESTION", "TASK"] as const;
export type TicketType = (typeof ticketTypes)[number];
export const ticketStatuses = ["NEW", "OPEN", "PENDING", "HOLD", "SOLVED", "CLOSED"] as const;
export type TicketStatus = (typeof ticketStatuses)[number];

/** A ticket as Zendesk answers it, as far as it is looked at. */
export interface TicketRecord {
  readonly id: number;
  readonly external_id: string | null;
  readonly subject: string | null;
  readonly priority: string | null;
  readonly type: string | null;
  readonly status: string;
  readonly organization_id: number | null;
  readonly recipient: string | null;
  readonly created_at: Instant;
  readonly updated_at: Instant;
  readonly custom_fields?: readonly { readonly id: number; readonly value: unknown }[];
  /** Beside the ticket, or in it: Zendesk does either. */
  readonly metric_set?: MetricSet;
}

/** What Zendesk measures of a ticket. */
export interface MetricSet {
  readonly ticket_id?: number;
  readonly full_resolution_time_in_minutes?: { readonly calendar: number | null; readonly business: number | null };
}

/** A ticket of a customer. */
export interface Ticket {
  /** Its number in Zendesk, as text: decimal digits. */
  readonly number: string;
  readonly subject: string;
  readonly priority: TicketPriority | null;
  readonly type: TicketType | null;
  /** null: one that we do not know. */
  readonly status: TicketStatus | null;
  /** The address that a mail was sent to; null: it did not come by mail. */
  readonly recipient: string | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** Where an agent opens it. */
  readonly url: string;
}

/** @param origin of the provider's Zendesk */
export const ticketOf = (record: TicketRecord, origin: string): Ticket => ({
  number: String(record.id),
  subject: record.subject ?? "",
  priority: known(ticketPriorities, record.priority),
  type: known(ticketTypes, record.type),
  status: statusOf(record),
  recipient: record.recipient,
  createdAt: record.created_at,
  updatedAt: record.updated_at,
  url: `${origin}/agent/tickets/${record.id}`,
});

/** null: one that we do not know. */
export const statusOf = ({ status }: TicketRecord): TicketStatus | null => known(ticketStatuses, status);

const known = <Name extends string>(names: readonly Name[], text: string | null): Name | null =>
  names.find((name) => name === text?.toUpperCase()) ?? null;
