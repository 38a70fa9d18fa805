import { Field, InputType, ObjectType } from "@nestjs/graphql";
import { Matches, MaxLength } from "class-validator";
import { type documentDetailsCommands } from "#application/providers/document-details.js";
import { LogoTypeEnum } from "./enums.js";
import { IdempotencyKey, InputField, NestedField, NestedListField, TextField } from "../graphql/fields.js";
import { PostalAddress, PostalAddressInput } from "../graphql/postal-address.js";
import { type MutationFields } from "../graphql/mutation.js";
import { ProviderPayload } from "./models.js";

const PART = 100;

@InputType({ description: "An account that customers pay to. It has an IBAN or an account number." })
export class BankAccountInput {
  @TextField("In whose name it is.", {}, PART) holder: string;
  @TextField("The bank.", { nullable: true }, PART) bank?: string | null;
  @TextField("IBAN; its check digits are checked.", { nullable: true }, PART) iban?: string | null;
  @TextField("BIC (SWIFT code).", { nullable: true }, PART) bic?: string | null;
  @TextField("Where there is no IBAN.", { nullable: true }, PART) accountNumber?: string | null;
  @TextField("Sort code or routing number that goes with the account number.", { nullable: true }, PART)
  routingNumber?: string | null;
  @TextField("ISO 4217 code: printed on documents in this currency only; null or left out: on all.", { nullable: true })
  currency?: string | null;
}

/** Characters of Base64 that a logo of the largest size has. */
const LONGEST_LOGO = 140_000;

@InputType({ description: "A picture for the head of documents." })
export class LogoInput {
  @InputField(() => LogoTypeEnum, "What the file is.") type: keyof typeof LogoTypeEnum;
  @InputField(
    () => String,
    "The file in Base64: 100,000 bytes and a million pixels at most. A PNG is not interlaced.",
    {},
    MaxLength(LONGEST_LOGO, { message: "$property is longer than a file of 100,000 bytes." }),
    Matches(/^[A-Za-z0-9+/]+={0,2}$/, { message: "$property is not Base64." }),
  )
  data: string;
}

@InputType({
  description:
    "Changes what documents say about the provider. Fields left out keep their values; null removes one. Documents that are numbered already stay as they are.",
})
export class ChangeDocumentDetailsInput {
  @IdempotencyKey() idempotencyKey: string;
  @TextField("The company's name as registered; null: documents show the provider's name.", { nullable: true }, PART)
  legalName?: string | null;
  @NestedField(() => PostalAddressInput, "Its address.", { nullable: true }) address?: PostalAddressInput | null;
  @TextField("Its tax id as printed: VAT number, partita IVA, EIN.", { nullable: true }, PART) taxId?: string | null;
  @TextField("Entry in the register of companies, share capital: what the law asks to print.", { nullable: true }, PART)
  registration?: string | null;
  @TextField("E-mail address for customers.", { nullable: true }, PART) email?: string | null;
  @TextField("Phone number for customers.", { nullable: true }, PART) phone?: string | null;
  @TextField("Address of the website.", { nullable: true }, PART) website?: string | null;
  @NestedListField(() => BankAccountInput, "All accounts that customers pay to, 10 at most.", { optional: true })
  bankAccounts?: BankAccountInput[];
  @NestedField(() => LogoInput, "The logo.", { nullable: true }) logo?: LogoInput | null;
}

@ObjectType({ description: "An account that customers pay to." })
export class BankAccount {
  @Field(() => String, { description: "In whose name it is." }) holder: string;
  @Field(() => String, { description: "The bank.", nullable: true }) bank: string | null;
  @Field(() => String, { description: "IBAN, without spaces.", nullable: true }) iban: string | null;
  @Field(() => String, { description: "BIC (SWIFT code).", nullable: true }) bic: string | null;
  @Field(() => String, { description: "Where there is no IBAN.", nullable: true }) accountNumber: string | null;
  @Field(() => String, { description: "Sort code or routing number.", nullable: true }) routingNumber: string | null;
  @Field(() => String, { description: "ISO 4217 code of the documents that show it; null: all.", nullable: true })
  currency: string | null;
}

@ObjectType({ description: "A picture for the head of documents." })
export class Logo {
  @Field(() => LogoTypeEnum, { description: "What the file is." }) type: keyof typeof LogoTypeEnum;
  @Field(() => String, { description: "The file in Base64." }) data: string;
}

@ObjectType({ description: "What documents that are numbered from now on say about the provider." })
export class DocumentDetails {
  @Field(() => String, { description: "The company's name as registered; null: the provider's name.", nullable: true })
  legalName: string | null;
  @Field(() => PostalAddress, { description: "Its address.", nullable: true }) address: PostalAddress | null;
  @Field(() => String, { description: "Its tax id as printed.", nullable: true }) taxId: string | null;
  @Field(() => String, { description: "What the law asks to print besides.", nullable: true })
  registration: string | null;
  @Field(() => String, { description: "E-mail address for customers.", nullable: true }) email: string | null;
  @Field(() => String, { description: "Phone number for customers.", nullable: true }) phone: string | null;
  @Field(() => String, { description: "Address of the website.", nullable: true }) website: string | null;
  @Field(() => [BankAccount], { description: "The accounts that customers pay to." }) bankAccounts: BankAccount[];
  @Field(() => Logo, { description: "The logo; null: documents show the name.", nullable: true }) logo: Logo | null;
}

export const documentDetailsMutations = {
  changeDocumentDetails: {
    input: ChangeDocumentDetailsInput,
    description:
      "Changes what documents say about the provider: name, address, tax id, bank accounts, logo. Documents that are numbered already stay as they are.",
    answers: { kind: "provider" as const, payload: ProviderPayload },
  },
} satisfies MutationFields<keyof typeof documentDetailsCommands>;
