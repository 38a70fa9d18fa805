import { InputType, ObjectType } from "@nestjs/graphql";
import { type ticketCommands } from "#application/tickets/commands.js";
import { CustomerPayload } from "../customers/models.js";
import { IdempotencyKey, IdField, TextField } from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";

@InputType({ description: "Asks support for help, for a customer." })
export class CreateTicketInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer; it may be closed.") customerId: string;
  @TextField("What it is about, in a line.") subject: string;
  @TextField("The message.", {}, 10_000) body: string;
}

@ObjectType({ description: "The answer of a request for help. Its `id` is that of the request." })
export class CreatedTicketPayload extends CustomerPayload {}

const CUSTOMER = { kind: "customer", payload: CreatedTicketPayload, entityId: "customerId" } as const;

export const ticketMutations = {
  createTicket: {
    input: CreateTicketInput,
    description:
      "Asks support for help: a ticket is opened in the system that answers it, right after. Its requester is the person who is signed in; asked by anybody else, the customer as its contact says.",
    answers: CUSTOMER,
  },
} satisfies MutationFields<keyof typeof ticketCommands>;
