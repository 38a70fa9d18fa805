import { registerEnumType } from "@nestjs/graphql";
import { type BillingPeriodType } from "#domain/billing-periods.js";
import { type Language } from "#domain/language.js";
import { type RoundingMode } from "#domain/money.js";
import { type TextMatch } from "#read-models/search/text-match.js";
import { codeMeanings, type ErrorCode } from "./codes.js";

/** Every value with its description: one that the domain has and GraphQL lacks does not compile. */
export const enumOf = <Value extends string>(
  name: string,
  description: string,
  values: Readonly<Record<Value, string>>,
): Readonly<Record<Value, Value>> => {
  const names = Object.keys(values) as Value[];
  const object = Object.fromEntries(names.map((value) => [value, value])) as Record<Value, Value>;
  const valuesMap = Object.fromEntries(names.map((value) => [value, { description: values[value] }]));
  registerEnumType(object, { name, description, valuesMap: valuesMap as never });
  return object;
};

export const ErrorCodeEnum = enumOf<ErrorCode>(
  "ErrorCode",
  "What was refused or failed, in `errors[].extensions.code`.",
  codeMeanings,
);

export const BillingPeriodEnum = enumOf<BillingPeriodType>(
  "BillingPeriodType",
  "How the calendar is divided into billing periods.",
  {
    DAILY: "One day.",
    WEEKLY: "Monday to Sunday.",
    SEMI_MONTHLY: "The 1st to the 15th, and the 16th to the end of the month.",
    MONTHLY: "A calendar month.",
    MONTHLY_ANNIVERSARY: "A month from the customer's anniversary day.",
    THIRTY_DAYS: "Thirty days.",
    QUARTERLY: "A calendar quarter.",
    YEARLY: "A calendar year.",
  },
);

export const LanguageEnum = enumOf<Language>("Language", "A language of documents and mails.", {
  EN: "English.",
  IT: "Italian.",
});

export const RoundingModeEnum = enumOf<RoundingMode>(
  "RoundingMode",
  "How amounts are rounded to the currency's minor unit.",
  {
    HALF_UP: "To the nearest, halves away from zero.",
    HALF_EVEN: "To the nearest, halves to the even neighbour.",
    UP: "Away from zero.",
  },
);

export const TextMatchEnum = enumOf<TextMatch>("TextMatch", "How a text is compared with a value.", {
  EXACT: "It is the value.",
  STARTS_WITH: "It starts with the value.",
  CONTAINS: "It contains the value.",
  ENDS_WITH: "It ends with the value.",
});
