import { Field, InputType, ObjectType } from "@nestjs/graphql";
import { TextField } from "./fields.js";

const PART = 100;

@InputType({ description: "A postal address, as it is printed on documents." })
export class PostalAddressInput {
  @TextField("Street and number, or post office box.", {}, PART) street: string;
  @TextField("A further line: building, floor, care of.", { nullable: true }, PART) addition?: string | null;
  @TextField("Postal code.", { nullable: true }, PART) postalCode?: string | null;
  @TextField("City.", { nullable: true }, PART) city?: string | null;
  @TextField("State or province, as it is written in addresses of the country.", { nullable: true }, PART)
  region?: string | null;
  @TextField("ISO 3166-1 code of the country, e.g. IT.", { nullable: true }, 2) country?: string | null;
}

@ObjectType({ description: "A postal address." })
export class PostalAddress {
  @Field(() => String, { description: "Street and number, or post office box." }) street: string;
  @Field(() => String, { description: "A further line: building, floor, care of.", nullable: true })
  addition: string | null;
  @Field(() => String, { description: "Postal code.", nullable: true }) postalCode: string | null;
  @Field(() => String, { description: "City.", nullable: true }) city: string | null;
  @Field(() => String, { description: "State or province.", nullable: true }) region: string | null;
  @Field(() => String, { description: "ISO 3166-1 code of the country.", nullable: true }) country: string | null;
}
