import { Field, InputType, ObjectType } from "@nestjs/graphql";
import { type receivablesCommands } from "#application/receivables/commands.js";
import { CustomerPayload } from "../customers/models.js";
import { DateField, IdempotencyKey, IdField, ReasonField, TextField } from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { ID } from "../graphql/scalars.js";

@InputType({ description: "Credits the corrections of a closed billing period at once." })
export class IssueCreditNoteInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer.") customerId: string;
  @DateField("A day of the closed billing period whose corrections are credited.") correcting: string;
  @ReasonField() reason?: string | null;
}

@InputType({ description: "Voids an issued invoice." })
export class VoidInvoiceInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The invoice.") invoiceId: string;
  @TextField("Why it is void.", { nullable: true }) reason?: string | null;
}

@InputType({ description: "Bills the period of a void invoice again." })
export class ReissueInvoiceInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The void invoice.") invoiceId: string;
}

@ObjectType({ description: "The answer of a mutation that credits." })
export class IssuedCreditNotePayload extends CustomerPayload {
  @Field(() => ID, {
    description: "Id of the credit note. Queries show it once it is numbered, which is done right after.",
    nullable: true,
  })
  creditNoteId: string | null;
}

@ObjectType({ description: "The answer of a mutation that bills a period again." })
export class ReissuedInvoicePayload extends CustomerPayload {
  @Field(() => ID, {
    description: "Id of the new invoice, shown once it is numbered; null: the period charges nothing, or is credited.",
    nullable: true,
  })
  invoiceId: string | null;
}

const REISSUED = { kind: "customer", payload: ReissuedInvoicePayload } as const;
const CREDIT_NOTE = { kind: "customer", payload: IssuedCreditNotePayload } as const;

export const receivablesMutations = {
  issueCreditNote: {
    input: IssueCreditNoteInput,
    description:
      "Issues a credit note with the corrections of one closed billing period at once, instead of on the next invoice.",
    answers: CREDIT_NOTE,
  },
  voidInvoice: {
    input: VoidInvoiceInput,
    description:
      "Voids an issued invoice: what is not credited of it yet is credited at once, and its period stays unbilled until it is issued again. A reason is required.",
    answers: CREDIT_NOTE,
  },
  reissueInvoice: {
    input: ReissueInvoiceInput,
    description: "Bills the period of a void invoice again, from the history now and dated today.",
    answers: REISSUED,
  },
} satisfies MutationFields<keyof typeof receivablesCommands>;
