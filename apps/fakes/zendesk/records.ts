/** Records as Zendesk's API answers them. Times are ISO 8601 without fractions of seconds. */
export interface Organization {
  readonly id: number;
  readonly url: string;
  readonly name: string;
  readonly external_id: string | null;
  readonly domain_names: readonly string[];
  readonly organization_fields: Readonly<Record<string, string | null>>;
  readonly created_at: string;
  readonly updated_at: string;
}

export const roles = ["end-user", "agent", "admin"] as const;
export type Role = (typeof roles)[number];

export interface User {
  readonly id: number;
  readonly url: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly external_id: string | null;
  readonly organization_id: number | null;
  readonly role: Role;
  readonly verified: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

export const priorities = ["low", "normal", "high", "urgent"] as const;
export type Priority = (typeof priorities)[number];
export const types = ["problem", "incident", "question", "task"] as const;
export type TicketType = (typeof types)[number];
/** In the order in which search compares them. */
export const statuses = ["new", "open", "pending", "hold", "solved", "closed"] as const;
export type Status = (typeof statuses)[number];

export interface Ticket {
  readonly id: number;
  readonly url: string;
  readonly external_id: string | null;
  readonly subject: string;
  readonly description: string;
  readonly priority: Priority | null;
  readonly type: TicketType | null;
  readonly status: Status;
  readonly requester_id: number;
  readonly organization_id: number | null;
  /** The address that a mail was sent to. */
  readonly recipient: string | null;
  readonly tags: readonly string[];
  readonly custom_fields: readonly { readonly id: number; readonly value: unknown }[];
  readonly via: { readonly channel: "api" | "email" | "voice" };
  readonly created_at: string;
  readonly updated_at: string;
}

export interface Comment {
  readonly id: number;
  readonly ticket_id: number;
  readonly author_id: number;
  readonly body: string;
  readonly public: boolean;
  readonly created_at: string;
}

interface Minutes {
  readonly calendar: number | null;
  readonly business: number | null;
}

/** What Zendesk measures of a ticket. */
export interface MetricSet {
  readonly ticket_id: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly solved_at: string | null;
  readonly first_resolution_time_in_minutes: Minutes;
  readonly full_resolution_time_in_minutes: Minutes;
}

export interface OrganizationField {
  readonly id: number;
  readonly key: string;
  readonly title: string;
  readonly type: "text";
  readonly active: boolean;
}
