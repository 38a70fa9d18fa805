import { requestTicket, requireTicket, ticketEvolver } from "#domain/tickets/request-ticket.js";
import { commandsOn } from "../command/definition.js";
import { personOfActor } from "../people/actor.js";

export interface CreateTicket {
  readonly customerId: string;
  readonly subject: string;
  readonly body: string;
}

const command = commandsOn("ticket", ticketEvolver);

/** Commands on requests for help. Tickets themselves live in the system that answers them. */
export const ticketCommands = {
  createTicket: command({
    check: (input: CreateTicket) => {
      requireTicket(input);
    },
    target: (_input: CreateTicket, { newId }) => newId("ticket"),
    facts: async ({ customerId }, { facts, providerId, actor }) => {
      const personId = personOfActor(actor);
      return {
        customer: (await facts.accountFacts(providerId, customerId, null)).customer,
        person: personId === null ? null : await facts.person(providerId, personId),
      };
    },
    decide: (input, { id, now, facts }) => requestTicket({ ...input, ticketRequestId: id, now }, facts),
    answer: ({ state }) => Promise.resolve({ customerId: state?.customerId ?? null }),
  }),
};
