import { InputType } from "@nestjs/graphql";
import { type accountCommands } from "#application/accounts/commands.js";
import { DateField, IdempotencyKey, IdentifierField, IdField, ReasonField } from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { AccountPayload } from "./models.js";

@InputType({ description: "Opens an account." })
export class OpenAccountInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer that it belongs to.") customerId: string;
  @IdentifierField(
    "Account id as people know it, e.g. a phone number: 1 to 100 characters, unique within the provider.",
  )
  identifier: string;
  @IdField("Its main product.") mainProductId: string;
  @DateField("First day on which commitments can start; today unless given.", { optional: true }) effectiveOn?: string;
}

@InputType({ description: "Changes an account's main product. Its commitments stay." })
export class ChangeMainProductInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The account.") accountId: string;
  @IdField("The main product.") mainProductId: string;
}

@InputType({ description: "Adds an alias to an account." })
export class AddAliasInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The account.") accountId: string;
  @IdentifierField("The identifier: 1 to 100 characters, unique within the provider.") alias: string;
}

@InputType({ description: "Removes an alias from an account." })
export class RemoveAliasInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The account.") accountId: string;
  @IdentifierField("The identifier.") alias: string;
}

@InputType({ description: "Closes an account and terminates its commitments." })
export class CloseAccountInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The account.") accountId: string;
  @DateField("The last charged day; today unless given.", { optional: true }) effectiveOn?: string;
  @ReasonField() reason?: string | null;
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
    description: "Changes an account's main product.",
    answers: ACCOUNT,
  },
  addAlias: {
    input: AddAliasInput,
    description: "Adds an alias to an account.",
    answers: ACCOUNT,
  },
  removeAlias: {
    input: RemoveAliasInput,
    description: "Removes an alias from an account.",
    answers: ACCOUNT,
  },
  closeAccount: {
    input: CloseAccountInput,
    description: "Closes an account and terminates its commitments.",
    answers: ACCOUNT,
  },
} satisfies MutationFields<keyof typeof accountCommands>;
