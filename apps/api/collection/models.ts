import { Field, Int, ObjectType } from "@nestjs/graphql";
import { CollectionStepKindEnum } from "./enums.js";
import { DecimalScalar, ID, LocalDateScalar } from "../graphql/scalars.js";

@ObjectType({ description: "A step that collection takes if nothing is paid and nothing changes." })
export class CollectionStep {
  @Field(() => CollectionStepKindEnum, { description: "What happens." }) kind: keyof typeof CollectionStepKindEnum;
  @Field(() => LocalDateScalar, { description: "The day on which it happens." }) on: string;
  @Field(() => ID, { description: "The unpaid invoice that it is about." }) invoiceId: string;
  @Field(() => Int, { description: "Of a reminder: days after the due date; null otherwise.", nullable: true })
  afterDays: number | null;
}

@ObjectType({ description: "What collection knows of a customer, and what it will do next." })
export class Collection {
  @Field(() => ID, { description: "Its oldest unpaid invoice; null: all are paid.", nullable: true })
  oldestUnpaidInvoiceId: string | null;
  @Field(() => DecimalScalar, { description: "What is overdue today, in the customer's currency." })
  amountOverdue: string;
  @Field(() => LocalDateScalar, {
    description: "The last day of the promise to pay that collection waits for; null: none.",
    nullable: true,
  })
  promisedBy: string | null;
  @Field(() => Boolean, { description: "Whether it is exempt from collection." }) exempt: boolean;
  @Field(() => LocalDateScalar, {
    description: "The first day of its suspension for non-payment; null: it is not suspended for that.",
    nullable: true,
  })
  suspendedForNonPaymentSince: string | null;
  @Field(() => [CollectionStep], {
    description: "What comes next, by day. Invoices that are not issued yet are not foreseen.",
  })
  nextSteps: CollectionStep[];
}
