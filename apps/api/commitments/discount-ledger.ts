import { Field, ObjectType } from "@nestjs/graphql";
import { DecimalScalar, ID } from "../graphql/scalars.js";

@ObjectType({ description: "Discounts given on one row of a commitment's terms." })
export class DiscountLedgerRow {
  @Field(() => ID, { description: "The row of the commitment's terms; lines refer to it." }) rowId: string;
  @Field(() => String, { description: "Description of the row." }) description: string;
  @Field(() => DecimalScalar, { description: "Given on issued invoices." }) issued: string;
  @Field(() => DecimalScalar, {
    description: "Given through today on no issued invoice yet, as if the commitment ended today.",
  })
  notIssued: string;
  @Field(() => DecimalScalar, { description: "Both together." }) total: string;
}

@ObjectType({
  description: "The discount ledger of a commitment: the commitment's own discounts, not those of a customer's rate.",
})
export class DiscountLedger {
  @Field(() => DecimalScalar, { description: "Given on issued invoices." }) issued: string;
  @Field(() => DecimalScalar, { description: "Given through today on no issued invoice yet." }) notIssued: string;
  @Field(() => DecimalScalar, { description: "Both together." }) total: string;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => [DiscountLedgerRow], {
    description: "Every row held until today, in the order of the terms; rows before an upgrade are rows of their own.",
  })
  rows: DiscountLedgerRow[];
}
