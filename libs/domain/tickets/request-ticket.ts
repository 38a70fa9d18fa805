import { type Instant } from "../calendar.js";
import { type Customer, todayOf } from "../customers/customer.js";
import { type Evolver } from "../event.js";
import { requireText } from "../input.js";
import { type Person } from "../people/person.js";
import { checkAll, reject } from "../rejection.js";
import { type Requester, type TicketEvent, type TicketRequested } from "./events.js";

/** A request for help, as far as it is not in the ticket outside. */
export interface TicketRequest {
  readonly ticketRequestId: string;
  readonly customerId: string;
}

export const ticketEvolver: Evolver<TicketRequest | null, TicketEvent> = {
  initial: null,
  evolve(state, event) {
    switch (event.type) {
      case "TicketRequested": {
        const { ticketRequestId, customerId } = event.data;
        return { ticketRequestId, customerId };
      }
      case "CommandAccepted":
        return state;
    }
  },
};

/** What is given of a request. */
export interface GivenTicket {
  readonly subject: string;
  readonly body: string;
}

/** @throws Rejection VALIDATION_FAILED */
export const requireTicket = ({ subject, body }: GivenTicket): void => {
  checkAll(
    () => requireText(subject, "subject"),
    () => requireText(body, "body"),
  );
};

export interface RequestTicket extends GivenTicket {
  readonly ticketRequestId: string;
  readonly customerId: string;
  readonly now: Instant;
}

/**
 * A request for help, of a person of the customer or else in the name of its contact: who asks is never typed into a
 * form (docs/rules.md#tickets). Closed customers ask too: about their last invoice.
 * @param facts.customer null: there is none
 * @param facts.person who is signed in; null: nobody that acts for the customer
 * @throws Rejection VALIDATION_FAILED, CUSTOMER_NOT_FOUND
 */
export const requestTicket = (
  { ticketRequestId, customerId, subject, body, now }: RequestTicket,
  { customer, person }: { readonly customer: Customer | null; readonly person: Person | null },
): TicketRequested[] => {
  requireTicket({ subject, body });
  if (!customer) throw reject("CUSTOMER_NOT_FOUND", "The customer does not exist.", { field: "customerId" });
  const asking = person?.customerId === customerId ? person : null;
  const { name, email } = asking ?? customer.contact;
  const requester: Requester = { name, email };
  const personal = { subject: subject.trim(), body: body.trim(), requester };
  const personId = asking?.personId ?? null;
  const effectiveOn = todayOf(customer, now);
  return [{ type: "TicketRequested", data: { ticketRequestId, customerId, personId, effectiveOn, personal } }];
};
