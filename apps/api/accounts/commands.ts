import { InputType } from "@nestjs/graphql";
import { type accountCommands } from "#application/accounts/commands.js";
import { DateField, IdempotencyKey, IdentifierField, IdField } from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { AccountPayload } from "./models.js";

@InputType({ description: "Opens an account." })
export class OpenAccountInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer that it belongs to.") customerId: string;
  @IdentifierField("What people call it, e.g. a phone number: 1 to 100 characters, unique within the provider.")
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
  @IdentifierField("The identifier: 1 to 100 characters, unique within the provider.") alias: string;
}

@InputType({ description: "Takes a further identifier from an account." })
export class RemoveAliasInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The account.") accountId: string;
  @IdentifierField("The identifier.") alias: string;
}

@InputType({ description: "Closes an account with all it holds." })
export class CloseAccountInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The account.") accountId: string;
  @DateField("The last charged day; today unless given.", { optional: true }) effectiveOn?: string;
}

const ACCOUNT = { kind: "account", payload: AccountPayload } as const;

export const accountMutations = {
  openAccount: {
    input: OpenAccountInput,
    description: "Opens an account.",
    answers: ACCOUNT,
  },
  changeMainProduct: {
    input: ChangeMainProductInput,
    description: "Gives an account another main product.",
    answers: ACCOUNT,
  },
  addAlias: {
    input: AddAliasInput,
    description: "Gives an account a further identifier.",
    answers: ACCOUNT,
  },
  removeAlias: {
    input: RemoveAliasInput,
    description: "Takes a further identifier from an account.",
    answers: ACCOUNT,
  },
  closeAccount: {
    input: CloseAccountInput,
    description: "Closes an account with all it holds.",
    answers: ACCOUNT,
  },
} satisfies MutationFields<keyof typeof accountCommands>;
