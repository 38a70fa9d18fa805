import { Field, ObjectType } from "@nestjs/graphql";
import { MovementKindEnum } from "./enums.js";
import { DecimalScalar, LocalDateScalar } from "../graphql/scalars.js";

@ObjectType({ description: "Something that changed what a customer owes." })
export class Movement {
  @Field(() => LocalDateScalar, { description: "Its day: of invoices and credit notes their date." }) on: string;
  @Field(() => MovementKindEnum, { description: "What it is." }) kind: keyof typeof MovementKindEnum;
  @Field(() => String, {
    description: "The number of the document, or the reference of the payment or refund; null: it has none.",
    nullable: true,
  })
  reference: string | null;
  @Field(() => DecimalScalar, {
    description: "Added to what the customer owes: below zero for what pays or credits.",
  })
  amount: string;
  @Field(() => DecimalScalar, { description: "What the customer owes after it." }) balance: string;
  documentId: string;
}

@ObjectType({
  description: "A customer's statement of account over some days, as recorded by then. Below zero, it is owed to it.",
})
export class Statement {
  @Field(() => LocalDateScalar, { description: "The first day." }) from: string;
  @Field(() => LocalDateScalar, { description: "The last day." }) until: string;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => DecimalScalar, { description: "What the customer owed before the first day." }) opening: string;
  @Field(() => [Movement], { description: "Every movement, by day, then in the order of recording." })
  movements: Movement[];
  @Field(() => DecimalScalar, { description: "What the customer owed at the end of the last day." }) closing: string;
}

@ObjectType({ description: "What was open on a day in one currency, by how many days it was overdue." })
export class AgedAmounts {
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => DecimalScalar, { description: "Not overdue yet." }) current: string;
  @Field(() => DecimalScalar, { description: "Overdue since 1 to 30 days." }) days1To30: string;
  @Field(() => DecimalScalar, { description: "Overdue since 31 to 60 days." }) days31To60: string;
  @Field(() => DecimalScalar, { description: "Overdue since 61 to 90 days." }) days61To90: string;
  @Field(() => DecimalScalar, { description: "Overdue since more than 90 days." }) over90: string;
  @Field(() => DecimalScalar, { description: "The sum of these: what was open of invoices." }) open: string;
  @Field(() => DecimalScalar, {
    description: "Credit that nothing had used; below zero: what was owed beyond all invoices.",
  })
  balance: string;
  @Field(() => DecimalScalar, { description: "What was owed: `open` less `balance`." }) due: string;
}

@ObjectType({ description: "A provider's aged receivables on a day, as recorded by then." })
export class AgedReceivables {
  @Field(() => LocalDateScalar, { description: "The day." }) asOf: string;
  @Field(() => [AgedAmounts], { description: "By currency, in the order of their codes." }) amounts: AgedAmounts[];
}
