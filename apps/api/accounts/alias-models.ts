import { Field, InputType, ObjectType } from "@nestjs/graphql";
import { AccountStatusEnum, AliasKindEnum, AliasRoleEnum } from "./enums.js";
import { TextMatchEnum } from "../graphql/enums.js";
import { FlagField, IdField, InputField, NestedField, TextField } from "../graphql/fields.js";
import { connectionOf } from "../graphql/pagination.js";
import { ID } from "../graphql/scalars.js";

@ObjectType({ description: "What an account is called: its identifier, or one of its aliases." })
export class AccountAlias {
  @Field(() => String, { description: "The text, as it was given." }) alias: string;
  @Field(() => AliasKindEnum, { description: "What it is to the account." }) kind: keyof typeof AliasKindEnum;
  @Field(() => String, {
    description: "The realm that it counts in, a domain name in lower case; null: every realm.",
    nullable: true,
  })
  realm: string | null;
  @Field(() => AliasRoleEnum, { description: "What it is to whoever calls." }) role: keyof typeof AliasRoleEnum;
  @Field(() => Boolean, { description: "Whether it identifies a caller; else it can only be called." })
  allowAuthentication: boolean;
  @Field(() => ID, { description: "The account's id." }) accountId: string;
  @Field(() => ID, { description: "The id of the account's customer." }) customerId: string;
}

export const AccountAliasConnection = connectionOf(AccountAlias, "AccountAlias", "account ids and aliases");

@InputType({ description: "What a text has to match." })
export class TextFilter {
  @Field(() => TextMatchEnum, { description: "How.", defaultValue: "STARTS_WITH" })
  match: keyof typeof TextMatchEnum;
  @TextField("The text, whatever its case; every character stands for itself.") value: string;
}

const optional = { nullable: true };

@InputType({ description: "Which account ids and aliases to list." })
export class AccountAliasFilter {
  @NestedField(() => TextFilter, "Only those whose text matches.", optional) alias?: TextFilter | null;
  @IdField("Only those of this account.", optional) accountId?: string | null;
  @IdField("Only those of this customer's accounts.", optional) customerId?: string | null;
  @InputField(() => AliasKindEnum, "Only those of this kind.", optional) kind?: keyof typeof AliasKindEnum | null;
  @InputField(() => AccountStatusEnum, "Only those of accounts in this state.", optional)
  accountStatus?: keyof typeof AccountStatusEnum | null;
  @TextField("Only those of this realm, the whole name, whatever its case; the empty text: those without.", optional)
  realm?: string | null;
  @InputField(() => AliasRoleEnum, "Only those with this role.", optional) role?: keyof typeof AliasRoleEnum | null;
  @FlagField("Only those that identify a caller, or only those that do not.", optional)
  allowAuthentication?: boolean | null;
}
