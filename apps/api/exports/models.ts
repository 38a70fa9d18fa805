import { Field, Int, ObjectType } from "@nestjs/graphql";
import { DecimalScalar, ID, LocalDateScalar } from "../graphql/scalars.js";
import { BilledDocumentEnum, BilledKindEnum } from "./enums.js";

const POSITION = "The position of the log up to which everything is in it, and nothing recorded since.";

@ObjectType({
  description: "What billed lines of one currency add up to. What was not asked for in `by` is null.",
})
export class BilledSum {
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => LocalDateScalar, { description: "The first day of the month of issue.", nullable: true })
  month: string | null;
  @Field(() => LocalDateScalar, {
    description: "The first day of the month of the lines' days; of goodwill, of the month of issue.",
    nullable: true,
  })
  serviceMonth: string | null;
  @Field(() => BilledKindEnum, { description: "What was billed.", nullable: true })
  kind: keyof typeof BilledKindEnum | null;
  @Field(() => BilledDocumentEnum, { description: "What it was billed on.", nullable: true })
  document: keyof typeof BilledDocumentEnum | null;
  @Field(() => ID, { description: "The offer; null also of goodwill.", nullable: true }) offerId: string | null;
  @Field(() => String, {
    description: "The offer's name as it was agreed; of several names, one of them.",
    nullable: true,
  })
  offerName: string | null;
  @Field(() => ID, { description: "The customer.", nullable: true }) customerId: string | null;
  @Field(() => Int, {
    description: "How many lines; by `SERVICE_MONTH` a line counts in each of the months of its days.",
  })
  lines: number;
  @Field(() => DecimalScalar, { description: "Their fees; below zero where more is credited than charged." })
  fee: string;
  @Field(() => DecimalScalar, { description: "Their discounts." }) discount: string;
  @Field(() => DecimalScalar, { description: "Their nets: fees less discounts." }) net: string;
}

@ObjectType({ description: "What was billed on issued invoices, less what was credited on issued credit notes." })
export class Billed {
  @Field(() => String, { description: POSITION }) position: string;
  @Field(() => [BilledSum], {
    description: "By currency, then by month, service month, kind, document, offer and customer.",
  })
  sums: BilledSum[];
}

@ObjectType({ description: "What running commitments of one currency would cost if they ended today." })
export class OutstandingPenaltySum {
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => Int, { description: "How many commitments run." }) commitments: number;
  @Field(() => Int, { description: "How many of them would end early." }) early: number;
  @Field(() => DecimalScalar, { description: "Their penalties." }) penalty: string;
}

@ObjectType({
  description: "What all running commitments would cost if they ended today, each by the day of its customer.",
})
export class PenaltiesOutstanding {
  @Field(() => String, { description: POSITION }) position: string;
  @Field(() => [OutstandingPenaltySum], { description: "By currency, in the order of their codes." })
  sums: OutstandingPenaltySum[];
}
