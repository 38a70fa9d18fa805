import { Field, InputType, ObjectType } from "@nestjs/graphql";
import { ArrayMaxSize, ArrayMinSize, IsString, MaxLength, ValidateBy } from "class-validator";
import { textFault } from "#domain/readable-text.js";
import { InputField, TextField } from "./fields.js";

const PART = 100;
const EACH = { each: true } as const;

@InputType({ description: "A postal address, as it is printed on documents." })
export class PostalAddressInput {
  @InputField(
    () => [String],
    "Street and number, building, care of: one to three lines.",
    {},
    ArrayMinSize(1, { message: "$property has one to three lines." }),
    ArrayMaxSize(3, { message: "$property has one to three lines." }),
    IsString(EACH),
    MaxLength(PART, { ...EACH, message: "$property holds a line of more than 100 characters." }),
    ValidateBy(
      { name: "readable", validator: { validate: (line) => typeof line !== "string" || textFault(line) === null } },
      { ...EACH, message: "$property holds a character that cannot be read." },
    ),
  )
  lines: string[];
  @TextField("Postal code.", { nullable: true }, PART) postalCode?: string | null;
  @TextField("City.", { nullable: true }, PART) city?: string | null;
  @TextField("State or province, as it is written in addresses of the country.", { nullable: true }, PART)
  region?: string | null;
  @TextField("ISO 3166-1 code of the country, e.g. IT.", { nullable: true }, 2) country?: string | null;
}

@ObjectType({ description: "A postal address." })
export class PostalAddress {
  @Field(() => [String], { description: "Street and number, building, care of." }) lines: string[];
  @Field(() => String, { description: "Postal code.", nullable: true }) postalCode: string | null;
  @Field(() => String, { description: "City.", nullable: true }) city: string | null;
  @Field(() => String, { description: "State or province.", nullable: true }) region: string | null;
  @Field(() => String, { description: "ISO 3166-1 code of the country.", nullable: true }) country: string | null;
}
