import { Field, ObjectType } from "@nestjs/graphql";
import { DecimalScalar, LocalDateScalar } from "../graphql/scalars.js";
import { Line } from "../invoices/models.js";

@ObjectType({ description: "What leaving on a day would cost, as far as known." })
export class LeavingCost {
  @Field(() => LocalDateScalar, { description: "The last charged day: the last of a calendar month." }) on: string;
  @Field(() => Boolean, { description: "Whether that is before the discount ends." }) early: boolean;
  @Field(() => DecimalScalar, { description: "The sum of its lines; 0 when it is not early." }) total: string;
  @Field(() => [Line], { description: "The penalty lines that it consists of." }) lines: Line[];
}
