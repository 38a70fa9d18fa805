import { Field, ObjectType } from "@nestjs/graphql";
import { DecimalScalar, LocalDateScalar } from "../graphql/scalars.js";
import { Line, Period } from "./models.js";

@ObjectType({ description: "A commitment in the running period, as known now." })
export class UnbilledCommitment {
  commitmentId: string;
  @Field(() => DecimalScalar, {
    description:
      "Discounts of the running period through today, of ended periods that are not closed yet, and of corrections to come.",
  })
  discountAccrued: string;
  @Field(() => DecimalScalar, { description: "The penalty of a termination today." }) penaltyIfLeftToday: string;
}

@ObjectType({ description: "A customer's running billing period as known now; nothing of it is recorded." })
export class Unbilled {
  @Field(() => Period, { description: "The running period." }) period: Period;
  @Field(() => LocalDateScalar, { description: "The customer's today." }) today: string;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => DecimalScalar, { description: "The total of `lines`." })
  total: string;
  @Field(() => [Line], {
    description:
      "The lines of the period's invoice, if closed as known now, behind those of ended periods that are not closed yet.",
  })
  lines: Line[];
  @Field(() => [UnbilledCommitment], { description: "The customer's commitments that are not terminated." })
  commitments: UnbilledCommitment[];
  customerId: string;
}
