import { type MailEvent, type OdooEvent, type ZendeskEvent } from "../outcome.js";
import { type Day } from "./calendar.js";
import { isSuspended } from "./days.js";
import { type Customer } from "./world.js";

/** A customer without e-mail address gets none. */
export function mail({ contact, told }: Customer, event: MailEvent, day: Day): void {
  if (contact.email !== null) told.push({ to: "EMAIL", event, day });
}

/** Odoo is told of every customer. */
export function signal({ told }: Customer, event: OdooEvent, day: Day): void {
  told.push({ to: "ODOO", event, day });
}

/** A customer is an organization; who can be written to or called is its user. */
export function upsert({ told }: Customer, event: ZendeskEvent, day: Day): void {
  told.push({ to: "ZENDESK", event, day });
}

/** "Signals only where the whole changes": for the present day, by the day that a command names. */
export function signalService(customer: Customer, today: Day, day: Day): void {
  const blocked = isSuspended(customer, today);
  if (blocked === customer.isBlockedForOdoo) return;
  customer.isBlockedForOdoo = blocked;
  signal(customer, blocked ? "CUSTOMER_SUSPENDED" : "CUSTOMER_UNSUSPENDED", day);
}
