import { Args } from "@nestjs/graphql";
import { LocalDateScalar } from "./scalars.js";

/** The argument `on` of what is asked about a day; null: the customer's today. */
export const OnDay = (): ParameterDecorator =>
  Args("on", {
    type: () => LocalDateScalar,
    nullable: true,
    description: "The day, past or to come; the customer's today unless given.",
  });
