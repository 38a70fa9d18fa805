import { Field, InputType, Int, ObjectType } from "@nestjs/graphql";
import {
  DurationRoundingEnum,
  EffectiveModeEnum,
  RateChangeEnum,
  RateKeyEnum,
  RateStepEnum,
  RateStepUnitEnum,
  RateTestStateEnum,
  UnratedReasonEnum,
} from "./enums.js";
import { ErrorCodeEnum } from "../graphql/enums.js";
import { type ErrorCode } from "../graphql/codes.js";
import { FlagField, InstantField, NestedField, TextField } from "../graphql/fields.js";
import { CREATED_AT, NODE, UPDATED_AT } from "../graphql/node.js";
import { connectionOf } from "../graphql/pagination.js";
import { payloadOf } from "../graphql/payload.js";
import { DecimalScalar, ID, InstantScalar, JsonScalar } from "../graphql/scalars.js";

@ObjectType({ ...NODE, description: "A list of rates by which calls are charged." })
export class Tariff {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => InstantScalar, CREATED_AT) createdAt: string;
  @Field(() => InstantScalar, UPDATED_AT) updatedAt: string;
  @Field(() => String, { description: "Its name." }) name: string;
  @Field(() => String, { description: "What it is for.", nullable: true }) description: string | null;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => RateKeyEnum, { description: "The number of a call by which its rate is found." })
  matchBy: keyof typeof RateKeyEnum;
  @Field(() => DurationRoundingEnum, { description: "How the length of a call is rounded to seconds." })
  duration: keyof typeof DurationRoundingEnum;
  clonedFromId: string | null;
}

export const TariffConnection = connectionOf(Tariff, "Tariff", "tariffs");
export const TariffPayload = payloadOf(Tariff, "Tariff", "tariff");

@ObjectType({ description: "What calls to a prefix cost, from an instant on." })
export class RateTerms {
  @Field(() => String, { description: "Digits; empty: the default, which hidden numbers have too." }) prefix: string;
  @Field(() => String, { description: "Where it leads.", nullable: true }) description: string | null;
  @Field(() => String, { description: "ISO 3166-1 alpha-2.", nullable: true }) country: string | null;
  @Field(() => InstantScalar, { description: "From when it holds." }) effectiveFrom: string;
  @Field(() => DecimalScalar, { description: "Per minute of the first interval." }) priceFirst: string;
  @Field(() => DecimalScalar, { description: "Per minute of further intervals." }) priceNext: string;
  @Field(() => DecimalScalar, { description: "For each call longer than 0 s." }) connectFee: string;
  @Field(() => Int, { description: "Seconds that are charged at least." }) firstInterval: number;
  @Field(() => Int, { description: "Steps in which the charge goes on, in seconds." }) nextInterval: number;
  @Field(() => Boolean, { description: "The prefix no longer matches; a shorter one may." }) discontinued: boolean;
  @Field(() => Boolean, { description: "As the longest match it refuses the call." }) forbidden: boolean;
  @Field(() => Boolean, { description: "Customers do not see it." }) hidden: boolean;
  @Field(() => Boolean, { description: "Calls are paid back: amounts are negative." }) payback: boolean;
}

@ObjectType({
  description: "What calls to a prefix cost from an instant on, until the next version of the same prefix.",
})
export class Rate extends RateTerms {
  @Field(() => InstantScalar, { description: "From when it no longer holds; null: it never ends.", nullable: true })
  effectiveUntil: string | null;
}

export const RateConnection = connectionOf(Rate, "Rate", "rates");

@ObjectType({ description: "A value on the way to the amount of a call." })
export class RateStep {
  @Field(() => RateStepEnum, { description: "What it is." }) what: keyof typeof RateStepEnum;
  @Field(() => RateStepUnitEnum, { description: "What it counts." }) unit: keyof typeof RateStepUnitEnum;
  @Field(() => String, { description: "Exact decimal text." }) value: string;
}

@ObjectType({ description: "What a call would cost by a tariff, and why." })
export class RateTest {
  @Field(() => RateTestStateEnum, { description: "Whether it has a rate." }) state: keyof typeof RateTestStateEnum;
  @Field(() => UnratedReasonEnum, { description: "Why it has none.", nullable: true })
  reason: keyof typeof UnratedReasonEnum | null;
  @Field(() => Rate, { description: "The rate with the longest prefix that holds.", nullable: true }) rate: Rate | null;
  @Field(() => [Rate], { description: "Longer prefixes that are passed over: they are discontinued." })
  passedOver: Rate[];
  @Field(() => Int, { description: "Seconds of the call." }) seconds: number;
  @Field(() => Int, { description: "Seconds that are charged.", nullable: true }) chargedSeconds: number | null;
  @Field(() => String, { description: "Three decimals more than the currency has.", nullable: true })
  amount: string | null;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => [RateStep], { description: "How the amount is computed, in order." }) steps: RateStep[];
}

@ObjectType({ description: "A line of a file of rates that cannot be imported." })
export class RateMistake {
  @Field(() => Int, { description: "The line." }) line: number;
  @Field(() => String, { description: "The column that is to blame, where there is exactly one.", nullable: true })
  column: string | null;
  @Field(() => ErrorCodeEnum, { description: "The code of the mistake." }) code: ErrorCode;
  @Field(() => String, { description: "What is wrong." }) message: string;
  @Field(() => JsonScalar, {
    description: "What the sentence says, as `extensions.facts` of errors; null: it is only said as a sentence.",
    nullable: true,
  })
  facts: unknown;
}

@ObjectType({ description: "What a line of a file of rates would change." })
export class RateChange {
  @Field(() => Int, { description: "The line." }) line: number;
  @Field(() => RateChangeEnum, { description: "What it would be." }) kind: keyof typeof RateChangeEnum;
  @Field(() => RateTerms, { description: "What holds from its instant on without it; null: nothing.", nullable: true })
  before: RateTerms | null;
  @Field(() => RateTerms, { description: "What would hold." }) after: RateTerms;
}

@ObjectType({ description: "What an import of rates would do. Nothing is recorded while there is a mistake." })
export class RateImport {
  @Field(() => [RateMistake], { description: "Every mistake, by line." }) mistakes: RateMistake[];
  @Field(() => [RateChange], { description: "Of each line, in order; none while there is a mistake." })
  changes: RateChange[];
}

const optional = { nullable: true };

@InputType({ description: "Which tariffs to list." })
export class TariffFilter {
  @TextField("Only those whose name contains this text, whatever its case.", optional) name?: string | null;
  @TextField("Only those in this currency.", optional) currency?: string | null;
}

@InputType({ description: "Which versions of rates, by when they hold." })
export class EffectiveInput {
  @InstantField("The instant; now unless given.", optional) at?: string | null;
  @Field(() => EffectiveModeEnum, { description: "Which ones.", defaultValue: "AT" })
  mode: keyof typeof EffectiveModeEnum;
}

@InputType({ description: "Which rates to list. A flag that is not given may be either." })
export class RateFilter {
  @TextField("Only those whose prefix begins with these digits.", optional) prefix?: string | null;
  @TextField("Only those of this country.", optional) country?: string | null;
  @NestedField(() => EffectiveInput, "Only those that hold then; those that hold now unless given.", optional)
  effective?: EffectiveInput | null;
  @FlagField("Only those that are discontinued, or are not.", optional) discontinued?: boolean | null;
  @FlagField("Only those that are forbidden, or are not.", optional) forbidden?: boolean | null;
  @FlagField("Only those that are hidden, or are not.", optional) hidden?: boolean | null;
  @FlagField("Only those that pay back, or do not.", optional) payback?: boolean | null;
}
