import { Field, InputType, ObjectType } from "@nestjs/graphql";
import { type receivablesCommands } from "#application/receivables/commands.js";
import { CustomerPayload } from "../customers/models.js";
import { PaymentMethodEnum } from "./enums.js";
import {
  DateField,
  AmountField,
  IdempotencyKey,
  IdField,
  InputField,
  ReasonField,
  TextField,
} from "../graphql/fields.js";
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

@InputType({ description: "Records that a customer paid." })
export class RecordPaymentInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer; it may be closed.") customerId: string;
  @AmountField("The amount, above zero.") amount: string;
  @TextField("ISO 4217 code: the customer's currency; left out: that. Another one is `CURRENCY_MISMATCH`.", {
    nullable: true,
  })
  currency?: string | null;
  @InputField(() => PaymentMethodEnum, "How the money came; left out: BANK_TRANSFER.", { optional: true })
  method?: keyof typeof PaymentMethodEnum;
  @DateField(
    "The day on which the money came, today or earlier; left out: today. Only shown: it counts from today on.",
    {
      nullable: true,
    },
  )
  valueOn?: string | null;
  @IdField("The invoice that it was paid for: it is paid first, also where it was written off. Left out: the oldest.", {
    nullable: true,
  })
  invoiceId?: string | null;
  @TextField(
    "What identifies the payment among those of the customer, as the bank's reference does: the same payment again answers the first one, another payment with it is `CONFLICT`.",
    { nullable: true },
  )
  reference?: string | null;
  @TextField("Anything worth keeping.", { nullable: true }, 1000) note?: string | null;
}

@InputType({ description: "Takes a payment back, whole." })
export class ReversePaymentInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The payment.") paymentId: string;
  @TextField("Why, for instance that a debit bounced. Required.", { nullable: true }, 1000) reason?: string | null;
}

@InputType({ description: "Records that unused balance was paid back." })
export class RecordRefundInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer.") customerId: string;
  @AmountField("The amount in the customer's currency, at most the unused balance.") amount: string;
  @InputField(() => PaymentMethodEnum, "How the money went; left out: BANK_TRANSFER.", { optional: true })
  method?: keyof typeof PaymentMethodEnum;
  @TextField("The bank's reference.", { nullable: true }) reference?: string | null;
  @TextField("Why.", { nullable: true }, 1000) reason?: string | null;
}

@InputType({ description: "Credits a customer an amount without a charge behind it." })
export class IssueGoodwillCreditInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer.") customerId: string;
  @AmountField("The amount in the customer's currency, above zero.") amount: string;
  @TextField("Why; it is on the credit note. Required.", { nullable: true }, 1000) reason?: string | null;
}

@InputType({ description: "Gives up what is open of an invoice." })
export class WriteOffInvoiceInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The invoice.") invoiceId: string;
  @TextField("Why. Required.", { nullable: true }, 1000) reason?: string | null;
}

@ObjectType({ description: "The answer of a mutation that records a payment." })
export class RecordedPaymentPayload extends CustomerPayload {
  @Field(() => ID, { description: "Id of the payment; of one with the reference of an earlier payment, that one's." })
  paymentId: string;
}

@ObjectType({ description: "The answer of a mutation that records a refund." })
export class RecordedRefundPayload extends CustomerPayload {
  @Field(() => ID, { description: "Id of the refund." }) refundId: string;
}

const CUSTOMER = { kind: "customer", payload: CustomerPayload } as const;
const PAYMENT = { kind: "customer", payload: RecordedPaymentPayload } as const;
const REFUND = { kind: "customer", payload: RecordedRefundPayload } as const;
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
  recordPayment: {
    input: RecordPaymentInput,
    description:
      "Records a payment: it pays the invoice that it names, then what is owed beyond invoices, then the oldest open invoices; what is left over is balance, which the next invoice uses.",
    answers: PAYMENT,
  },
  reversePayment: {
    input: ReversePaymentInput,
    description: "Takes a payment back: what it paid is open again. A reason is required.",
    answers: CUSTOMER,
  },
  recordRefund: {
    input: RecordRefundInput,
    description: "Records that unused balance was paid back: at most what is unused (`INVALID_AMOUNT`).",
    answers: REFUND,
  },
  issueGoodwillCredit: {
    input: IssueGoodwillCreditInput,
    description:
      "Issues a credit note over an amount, without lines: no commitment's discounts or penalties know it. A reason is required.",
    answers: CREDIT_NOTE,
  },
  writeOffInvoice: {
    input: WriteOffInvoiceInput,
    description:
      "Gives up what is open of an invoice: only a payment recorded for it reopens it, by what was paid. A reason is required.",
    answers: CUSTOMER,
  },
} satisfies MutationFields<keyof typeof receivablesCommands>;
