import { Field, ObjectType, Query, Resolver } from "@nestjs/graphql";
import { type Plain } from "../graphql/plain.js";
import { codeMeanings, type ErrorCode } from "../graphql/codes.js";
import { ErrorCodeEnum } from "../graphql/enums.js";

@ObjectType({ description: "A code of refusals and failures." })
export class ErrorCodeMeaning {
  @Field(() => ErrorCodeEnum, { description: "The code, as in `errors[].extensions.code`." }) code: ErrorCode;
  @Field(() => String, { description: "What it says." }) meaning: string;
}

@Resolver()
export class CodeQueries {
  @Query(() => [ErrorCodeMeaning], { description: "Every code that an error can have, with its meaning." })
  errorCodes(): Plain<ErrorCodeMeaning>[] {
    return Object.entries(codeMeanings).map(([code, meaning]) => ({ code: code as ErrorCode, meaning }));
  }
}
