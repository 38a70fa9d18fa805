import { Field, ObjectType } from "@nestjs/graphql";
import { DecimalScalar, LocalDateScalar } from "../graphql/scalars.js";
import { Line } from "../invoices/models.js";

@ObjectType({ description: "The early-termination quote for a day: the penalty of a termination on it, as known now." })
export class LeavingCost {
  @Field(() => LocalDateScalar, { description: "The last charged day." }) on: string;
  @Field(() => Boolean, { description: "Whether a termination on that day is early." }) early: boolean;
  @Field(() => DecimalScalar, { description: "The sum of its lines; 0 when it is not early." }) total: string;
  @Field(() => [Line], { description: "The penalty lines." }) lines: Line[];
}
