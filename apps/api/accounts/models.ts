import { Field, ID, InputType, ObjectType } from "@nestjs/graphql";
import { AccountSortField, AccountStatusEnum } from "../graphql/enums.js";
import { DateField, IdempotencyKey, IdField, InputField, TextField } from "../graphql/fields.js";
import { connectionOf, SortDirection } from "../graphql/pagination.js";
import { payloadOf } from "../graphql/payload.js";
import { LocalDateScalar } from "../graphql/scalars.js";

@ObjectType({ description: "One service line of a customer." })
export class Account {
  @Field(() => ID, { description: "Its id, for commands." }) id: string;
  @Field(() => String, { description: "What people call it, e.g. a phone number. Unique within the provider." })
  identifier: string;
  @Field(() => [String], { description: "Further identifiers, unique too." }) aliases: string[];
  @Field(() => AccountStatusEnum, { description: "Its state." }) status: keyof typeof AccountStatusEnum;
  @Field(() => LocalDateScalar, { description: "First day on which commitments can start." }) openedOn: string;
  @Field(() => LocalDateScalar, { description: "Its last charged day; null: it is open.", nullable: true })
  closedOn: string | null;
  customerId: string;
  mainProductId: string;
}

export const AccountConnection = connectionOf(Account, "Account", "accounts");
export const AccountPayload = payloadOf(Account, "Account", "account");

@InputType({ description: "Opens an account." })
export class OpenAccountInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer that it belongs to.") customerId: string;
  @TextField("What people call it, e.g. a phone number: 1 to 100 characters, unique within the provider.", {}, 100)
  identifier: string;
  @IdField("Its main product.") mainProductId: string;
  @DateField("First day on which commitments can start; today unless given.", { optional: true }) effectiveOn?: string;
}

@InputType({ description: "Gives an account another main product. What it holds stays." })
export class ChangeMainProductInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The account.") accountId: string;
  @IdField("The main product.") mainProductId: string;
}

@InputType({ description: "Gives an account a further identifier." })
export class AddAliasInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The account.") accountId: string;
  @TextField("The identifier: 1 to 100 characters, unique within the provider.", {}, 100) alias: string;
}

@InputType({ description: "Takes a further identifier from an account." })
export class RemoveAliasInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The account.") accountId: string;
  @TextField("The identifier.", {}, 100) alias: string;
}

@InputType({ description: "Closes an account with all it holds." })
export class CloseAccountInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The account.") accountId: string;
  @DateField("The last charged day; today unless given.", { optional: true }) effectiveOn?: string;
}

const optional = { nullable: true };

@InputType({ description: "Which accounts to list." })
export class AccountFilter {
  @IdField("Only those of this customer.", optional) customerId?: string | null;
  @IdField("Only those with this main product.", optional) mainProductId?: string | null;
  @InputField(() => AccountStatusEnum, "Only those in this state.", optional)
  status?: keyof typeof AccountStatusEnum | null;
}

@InputType({ description: "How to sort accounts." })
export class AccountSort {
  @Field(() => AccountSortField, { description: "By what." }) by: keyof typeof AccountSortField;
  @Field(() => SortDirection, { description: "In which direction.", defaultValue: "ASC" }) direction: SortDirection;
}
