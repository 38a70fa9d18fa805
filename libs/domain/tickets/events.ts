import { type LocalDate } from "../calendar.js";
import { type CategoryEvents, COMMAND_ACCEPTED, type CommandAccepted, type DomainEvent } from "../event.js";

/** Who asks, as support is told. */
export interface Requester {
  readonly name: string;
  /** null: no address is known. */
  readonly email: string | null;
}

/** A customer asks support for help: a ticket is wanted outside, where it is answered. */
export type TicketRequested = DomainEvent<
  "TicketRequested",
  {
    readonly ticketRequestId: string;
    readonly customerId: string;
    /** The person of the customer who asks; null: the customer itself, by its contact. */
    readonly personId: string | null;
    /** The customer's day of recording. */
    readonly effectiveOn: LocalDate;
    readonly personal: { readonly subject: string; readonly body: string; readonly requester: Requester };
  }
>;

export type TicketEvent = TicketRequested | CommandAccepted;

export const ticketEvents: CategoryEvents<"ticket", TicketEvent> = {
  category: "ticket",
  types: {
    TicketRequested: { version: 1, movesCharges: false, callsForWork: false },
    ...COMMAND_ACCEPTED,
  },
};
