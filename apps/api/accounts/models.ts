import { Field, InputType, ObjectType } from "@nestjs/graphql";
import { AccountSortField, AccountStatusEnum } from "./enums.js";
import { IdField, InputField } from "../graphql/fields.js";
import { CREATED_AT, NODE, UPDATED_AT } from "../graphql/node.js";
import { connectionOf, SortDirection } from "../graphql/pagination.js";
import { payloadOf } from "../graphql/payload.js";
import { ID, InstantScalar, LocalDateScalar } from "../graphql/scalars.js";

@ObjectType({ ...NODE, description: "One service line of a customer." })
export class Account {
  @Field(() => ID, { description: "Its id, for commands." }) id: string;
  @Field(() => InstantScalar, CREATED_AT) createdAt: string;
  @Field(() => InstantScalar, UPDATED_AT) updatedAt: string;
  @Field(() => String, {
    description: "Account id as people know it, e.g. a phone number. Unique within the provider.",
  })
  identifier: string;
  @Field(() => [String], { description: "Further identifiers, also unique within the provider." }) aliases: string[];
  @Field(() => AccountStatusEnum, { description: "Its status." }) status: keyof typeof AccountStatusEnum;
  @Field(() => LocalDateScalar, { description: "First day on which commitments can start." }) openedOn: string;
  @Field(() => LocalDateScalar, { description: "Its last charged day; null: it is open.", nullable: true })
  closedOn: string | null;
  customerId: string;
  mainProductId: string;
}

export const AccountConnection = connectionOf(Account, "Account", "accounts");
export const AccountPayload = payloadOf(Account, "Account", "account");

const optional = { nullable: true };

@InputType({ description: "Which accounts to list." })
export class AccountFilter {
  @IdField("Only those of this customer.", optional) customerId?: string | null;
  @IdField("Only those with this main product.", optional) mainProductId?: string | null;
  @InputField(() => AccountStatusEnum, "Only those in this state.", optional)
  status?: keyof typeof AccountStatusEnum | null;
}

@InputType({ description: "The sort order of accounts." })
export class AccountSort {
  @Field(() => AccountSortField, { description: "The sort key." }) by: keyof typeof AccountSortField;
  @Field(() => SortDirection, { description: "The direction.", defaultValue: "ASC" }) direction: SortDirection;
}
