import { InputType } from "@nestjs/graphql";
import { type collectionCommands } from "#application/receivables/collection-commands.js";
import { CustomerPayload } from "../customers/models.js";
import { DateField, FlagField, IdempotencyKey, IdField, TextField } from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";

@InputType({ description: "Notes that a customer promised to pay." })
export class PromiseToPayInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer.") customerId: string;
  @DateField("The last day through which collection waits: today or later.") by: string;
  @TextField("What was agreed.", { nullable: true }, 1000) note?: string | null;
}

@InputType({ description: "Exempts a customer from collection, or ends that." })
export class ExemptFromCollectionInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer.") customerId: string;
  @FlagField("Whether collection leaves it alone.") exempt: boolean;
  @TextField("Why.", { nullable: true }, 1000) reason?: string | null;
}

const CUSTOMER = { kind: "customer", payload: CustomerPayload } as const;

export const collectionMutations = {
  promiseToPay: {
    input: PromiseToPayInput,
    description:
      "Notes that a customer promised to pay through a day: until it has passed it is neither suspended nor terminated for non-payment, nor reminded.",
    answers: CUSTOMER,
  },
  exemptFromCollection: {
    input: ExemptFromCollectionInput,
    description:
      "Exempts a customer from reminders, warnings, suspension and termination for non-payment, or ends that. It lifts nothing.",
    answers: CUSTOMER,
  },
} satisfies MutationFields<keyof typeof collectionCommands>;
