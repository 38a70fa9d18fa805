import { InputType } from "@nestjs/graphql";
import { type peopleCommands } from "#application/people/commands.js";
import { IdempotencyKey, IdField, TextField } from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { PersonPayload } from "./models.js";

@InputType({ description: "Invites a person of a customer." })
export class InvitePersonInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer.") customerId: string;
  @TextField("The person's name.") name: string;
  @TextField("The person's e-mail address, where links are sent.") email: string;
}

@InputType({ description: "Removes a person of a customer." })
export class RemovePersonInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The person.") personId: string;
  @TextField("Why.", {}, 1000) reason: string;
}

const PERSON = { kind: "person", payload: PersonPayload } as const;

export const peopleMutations = {
  invitePerson: {
    input: InvitePersonInput,
    description:
      "Lets a person see what the customer may see and ask for what it may ask. The person gets a link by mail, which lets in once within 24 hours.",
    answers: PERSON,
  },
  removePerson: {
    input: RemovePersonInput,
    description: "Lets a person in no more: within five seconds its sessions have ended.",
    answers: PERSON,
  },
} satisfies MutationFields<keyof typeof peopleCommands>;
