import { Field, ObjectType } from "@nestjs/graphql";
import { DecimalScalar, LocalDateScalar } from "../graphql/scalars.js";
import { Line, Period } from "./models.js";

@ObjectType({ description: "A commitment as it stands in the running period." })
export class UnbilledCommitment {
  commitmentId: string;
  @Field(() => DecimalScalar, {
    description: "Discounts of the running period through today: given, but on no invoice yet.",
  })
  discountAccrued: string;
  @Field(() => DecimalScalar, { description: "What terminating it today would cost." }) penaltyIfLeftToday: string;
}

@ObjectType({ description: "A customer's running billing period as it stands: nothing of it is recorded." })
export class Unbilled {
  @Field(() => Period, { description: "The running period." }) period: Period;
  @Field(() => LocalDateScalar, { description: "The customer's today." }) today: string;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => DecimalScalar, { description: "What the period's invoice would come to." }) total: string;
  @Field(() => [Line], { description: "The lines of the period's invoice, were it closed as things stand." })
  lines: Line[];
  @Field(() => [UnbilledCommitment], { description: "The customer's commitments that are not terminated." })
  commitments: UnbilledCommitment[];
  customerId: string;
}
