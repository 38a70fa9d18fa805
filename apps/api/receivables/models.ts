import { Field, InputType, ObjectType } from "@nestjs/graphql";
import { AllocationUseEnum, PaymentMethodEnum, PaymentSortField, RefundSortField } from "./enums.js";
import { DateField, FlagField, IdField, InputField, TextField } from "../graphql/fields.js";
import { NODE } from "../graphql/node.js";
import { connectionOf, SortDirection } from "../graphql/pagination.js";
import { DecimalScalar, ID, InstantScalar, LocalDateScalar } from "../graphql/scalars.js";

const RECORDED_ON = { description: "The customer's day on which it was recorded: it counts from then on." };

@ObjectType({ ...NODE, description: "Money that a customer paid." })
export class Payment {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => InstantScalar, { description: "When it was recorded, by the provider's clock." }) createdAt: string;
  @Field(() => DecimalScalar, { description: "The amount." }) amount: string;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => PaymentMethodEnum, { description: "How the money came." }) method: keyof typeof PaymentMethodEnum;
  @Field(() => LocalDateScalar, { description: "The day on which the money came; only shown." }) valueOn: string;
  @Field(() => LocalDateScalar, RECORDED_ON) recordedOn: string;
  @Field(() => String, { description: "What identifies it among the customer's; null: nothing.", nullable: true })
  reference: string | null;
  @Field(() => String, { description: "Note of a person; null: none.", nullable: true }) note: string | null;
  @Field(() => LocalDateScalar, { description: "The day of its reversal; null: it was not reversed.", nullable: true })
  reversedOn: string | null;
  @Field(() => String, { description: "Why it was reversed; null: it was not.", nullable: true })
  reversalReason: string | null;
  customerId: string;
  invoiceId: string | null;
}

@ObjectType({ ...NODE, description: "Unused balance that was paid back to a customer." })
export class Refund {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => InstantScalar, { description: "When it was recorded, by the provider's clock." }) createdAt: string;
  @Field(() => DecimalScalar, { description: "The amount." }) amount: string;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => PaymentMethodEnum, { description: "How the money went." }) method: keyof typeof PaymentMethodEnum;
  @Field(() => LocalDateScalar, RECORDED_ON) recordedOn: string;
  @Field(() => String, { description: "The bank's reference; null: none.", nullable: true }) reference: string | null;
  @Field(() => String, { description: "Why; null: nothing was said.", nullable: true }) reason: string | null;
  customerId: string;
}

@ObjectType({ description: "What was used of one credit, a payment or a credit note, for one thing." })
export class Allocation {
  @Field(() => DecimalScalar, { description: "The amount, in the customer's currency." }) amount: string;
  @Field(() => AllocationUseEnum, { description: "What it was used for." }) usedFor: keyof typeof AllocationUseEnum;
  creditId: string;
  userId: string | null;
}

export const PaymentConnection = connectionOf(Payment, "Payment", "payments");
export const RefundConnection = connectionOf(Refund, "Refund", "refunds");

const optional = { nullable: true };

@InputType({ description: "Which payments to list." })
export class PaymentFilter {
  @IdField("Only those of this customer.", optional) customerId?: string | null;
  @IdField("Only those recorded for this invoice.", optional) invoiceId?: string | null;
  @TextField("Only those with this reference.", optional) reference?: string | null;
  @InputField(() => PaymentMethodEnum, "Only those that came like this.", optional)
  method?: keyof typeof PaymentMethodEnum | null;
  @TextField("Only those in this currency.", optional) currency?: string | null;
  @FlagField("True: only those that were reversed; false: only those that were not.", optional)
  isReversed?: boolean | null;
  @DateField("Only those recorded on this day or later.", optional) recordedFrom?: string | null;
  @DateField("Only those recorded on this day or earlier.", optional) recordedUntil?: string | null;
  @DateField("Only those whose money came on this day or later.", optional) valueFrom?: string | null;
  @DateField("Only those whose money came on this day or earlier.", optional) valueUntil?: string | null;
}

@InputType({ description: "Which refunds to list." })
export class RefundFilter {
  @IdField("Only those of this customer.", optional) customerId?: string | null;
  @TextField("Only those with this reference.", optional) reference?: string | null;
  @InputField(() => PaymentMethodEnum, "Only those that went like this.", optional)
  method?: keyof typeof PaymentMethodEnum | null;
  @TextField("Only those in this currency.", optional) currency?: string | null;
  @DateField("Only those recorded on this day or later.", optional) recordedFrom?: string | null;
  @DateField("Only those recorded on this day or earlier.", optional) recordedUntil?: string | null;
}

@InputType({ description: "The sort order of payments." })
export class PaymentSort {
  @Field(() => PaymentSortField, { description: "The sort key." }) by: keyof typeof PaymentSortField;
  @Field(() => SortDirection, { description: "The direction.", defaultValue: "ASC" }) direction: SortDirection;
}

@InputType({ description: "The sort order of refunds." })
export class RefundSort {
  @Field(() => RefundSortField, { description: "The sort key." }) by: keyof typeof RefundSortField;
  @Field(() => SortDirection, { description: "The direction.", defaultValue: "ASC" }) direction: SortDirection;
}
