import { Field, InputType, ObjectType } from "@nestjs/graphql";
import { type DateFormat as Format, datePatternsOf } from "#domain/date-format.js";
import { DateFormatEnum } from "../providers/enums.js";
import { InputField, TextField } from "../graphql/fields.js";
import { type Plain } from "../graphql/plain.js";

@ObjectType({ description: "How dates and times are written to customers." })
export class DateFormat {
  @Field(() => DateFormatEnum, { description: "The format." }) name: keyof typeof DateFormatEnum;
  @Field(() => String, {
    description: "The pattern of a date, e.g. `dd.MM.yyyy`; null under `LANGUAGE`.",
    nullable: true,
  })
  date: string | null;
  @Field(() => String, { description: "The pattern of a time, e.g. `HH:mm`; null under `LANGUAGE`.", nullable: true })
  time: string | null;
}

@InputType({ description: "How dates and times are written to customers." })
export class DateFormatInput {
  @InputField(() => DateFormatEnum, "The format.") name: keyof typeof DateFormatEnum;
  @TextField("The pattern of a date, e.g. `dd.MM.yyyy`: with `OWN`, and only there.", { nullable: true }, 50)
  date?: string | null;
  @TextField("The pattern of a time, e.g. `HH:mm`: with `OWN`, and only there.", { nullable: true }, 50)
  time?: string | null;
}

export const dateFormatShown = (format: Format): Plain<DateFormat> => ({
  name: format.name,
  ...(datePatternsOf(format) ?? { date: null, time: null }),
});
