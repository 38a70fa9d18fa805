import { Unavailable } from "#application/command/unavailable.js";
import { type LocalDate, type TimeZone } from "#domain/calendar.js";
import { reject } from "#domain/rejection.js";
import { type Target } from "../deliveries/target.js";
import { zendeskClientOf } from "./clients.js";
import { ZendeskFailure } from "./failure.js";
import { type SupportTickets, supportTicketsOf } from "./support-tickets.js";
import { type Asking } from "./ticket-pages.js";
import { type AskedTickets, ticketsOf, type TicketSlice } from "./tickets.js";

/** Milliseconds for which a person waits for Zendesk. */
const ANSWERED_WITHIN_MS = 10_000;

/** Whose tickets, and where they are. */
export interface TicketPlace {
  readonly targets: readonly Target[];
  readonly providerId: string;
  /** The customer's, decimal digits; null: it is not linked. */
  readonly organizationId: string | null;
}

/**
 * A customer's tickets; null where it is not linked, or Zendesk is not enabled.
 * @throws Rejection VALIDATION_FAILED, ORGANIZATION_NOT_FOUND; Unavailable
 */
export const customerTickets = (place: TicketPlace, asked: AskedTickets): Promise<TicketSlice> | null =>
  inZendesk(place, (asking) => ticketsOf(asking, asked));

/** The tickets of days with the time that they took; null and errors as of {@link customerTickets}. */
export const customerSupport = (
  place: TicketPlace,
  days: { readonly from: LocalDate; readonly until: LocalDate },
  zone: TimeZone,
): Promise<SupportTickets> | null => inZendesk(place, (asking) => supportTicketsOf(asking, days, zone));

const inZendesk = <Found>(
  { targets, providerId, organizationId }: TicketPlace,
  look: (asking: Asking) => Promise<Found>,
): Promise<Found> | null => {
  const client = zendeskClientOf(targets, providerId);
  if (!client || organizationId === null) return null;
  return look({ client, organizationId, signal: AbortSignal.timeout(ANSWERED_WITHIN_MS) }).catch(
    (error: unknown): never => {
      if (!(error instanceof ZendeskFailure)) throw error;
      if (error.status === 404) {
        throw reject(
          "ORGANIZATION_NOT_FOUND",
          "Zendesk has no longer the organization that the customer is linked to.",
        );
      }
      throw new Unavailable(`The tickets cannot be shown now; try again in a minute. ${error.message}`);
    },
  );
};
