import { Field, Int, ObjectType } from "@nestjs/graphql";
import { type Step } from "#domain/step.js";
import { ShownEvent } from "../events/models.js";
import { RoundingModeEnum } from "../graphql/enums.js";
import { DecimalScalar, ID, LocalDateScalar } from "../graphql/scalars.js";
import { OperationEnum, StepNameEnum, StepUnitEnum } from "./enums.js";

@ObjectType({ description: "A step of a calculation, as it was taken down by the code that calculated." })
export class ExplanationStep {
  @Field(() => Int, { description: "Its place among the steps, from 0." }) index: number;
  @Field(() => Int, {
    description: "The step whose value was computed from this one, or is so because of it; null: it is the result.",
    nullable: true,
  })
  parent: number | null;
  @Field(() => Boolean, {
    description:
      "False: the parent's value was computed from it. True: it is why the parent is so, and no part of the sum.",
  })
  isReason: boolean;
  @Field(() => StepNameEnum, { description: "What its value is." }) what: keyof typeof StepNameEnum;
  @Field(() => OperationEnum, { description: "How its value comes from the steps of which it is the parent." })
  operation: keyof typeof OperationEnum;
  @Field(() => StepUnitEnum, { description: "What its value counts." }) unit: keyof typeof StepUnitEnum;
  @Field(() => String, { description: "Its value: decimal text, a date, or the name of a status." }) value: string;
  @Field(() => LocalDateScalar, { description: "The first of the days that it is about.", nullable: true })
  from: string | null;
  @Field(() => LocalDateScalar, { description: "The last of the days that it is about.", nullable: true })
  until: string | null;
  @Field(() => String, { description: "The fee that it is about, as its terms describe it.", nullable: true })
  description: string | null;
  @Field(() => RoundingModeEnum, { description: "Of what was rounded: how.", nullable: true })
  rounding: keyof typeof RoundingModeEnum | null;
  @Field(() => ID, { description: "The invoice or credit note that it is on; null: on none.", nullable: true })
  documentId: string | null;
  @Field(() => Int, { description: "The position of its line in that document, from 1.", nullable: true })
  line: number | null;
  @Field(() => [ID], { description: "The events that say so; they are among the `events` of the explanation." })
  eventIds: readonly string[];
}

@ObjectType({ description: "Whether an issued line is what its basis comes to when it is computed again." })
export class ExplanationProof {
  @Field(() => Boolean, { description: "Whether the line is equal to the last field." }) isEqual: boolean;
  @Field(() => DecimalScalar, {
    description: "The net of the line as computed again; null: there is none.",
    nullable: true,
  })
  recomputedNet: string | null;
}

@ObjectType({
  description:
    "Why something is as it is: the calculation that the charge itself made, down to the events. An issued line is computed again from the basis that its document names.",
})
export class Explanation {
  @Field(() => String, { description: "The result: decimal text, a date, or the name of a status." }) value: string;
  @Field(() => String, { description: "ISO 4217 code of its amounts." }) currency: string;
  @Field(() => [ExplanationStep], { description: "The calculation, each step before what it was computed from." })
  steps: readonly ExplanationStep[];
  @Field(() => ExplanationProof, {
    description: "Of a line of an issued document; null: of what is on none.",
    nullable: true,
  })
  proof: ExplanationProof | null;
  root: Step;
  events?: readonly ShownEvent[];
}
