import { InputType } from "@nestjs/graphql";
import { type accountCommands } from "#application/accounts/commands.js";
import { AliasRoleEnum } from "./enums.js";
import {
  DateField,
  FlagField,
  IdempotencyKey,
  IdentifierField,
  IdField,
  InputField,
  ReasonField,
  TextField,
} from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { ConfigureAccountVoiceInput } from "./voice-models.js";
import { AccountPayload } from "./models.js";

/** A domain name, or null. */
const RealmField = (description: string): PropertyDecorator =>
  TextField(description, { nullable: true }, 100, { exact: true });

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
  @IdentifierField("The identifier: 1 to 100 characters, unique within the provider and the realm.") alias: string;
  @RealmField("The realm that it counts in: a domain name, kept in lower case; every realm unless given.")
  realm?: string | null;
  @InputField(() => AliasRoleEnum, "What it is to whoever calls; `UNIVERSAL` unless given.", { optional: true })
  role?: keyof typeof AliasRoleEnum;
  @FlagField("Whether it identifies a caller; else it can only be called. True unless given.", { optional: true })
  allowAuthentication?: boolean;
}

@InputType({ description: "Changes what an alias of an account is used for. What is left out stays." })
export class ChangeAliasInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The account.") accountId: string;
  @IdentifierField("The identifier, which stays: another one is another alias.") alias: string;
  @RealmField("The realm of the alias, which stays; null: it has none.") realm?: string | null;
  @InputField(() => AliasRoleEnum, "What it is to whoever calls.", { optional: true })
  role?: keyof typeof AliasRoleEnum;
  @FlagField("Whether it identifies a caller; else it can only be called.", { optional: true })
  allowAuthentication?: boolean;
}

@InputType({ description: "Removes an alias from an account." })
export class RemoveAliasInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The account.") accountId: string;
  @IdentifierField("The identifier.") alias: string;
  @RealmField("The realm of the alias; null: it has none.") realm?: string | null;
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
  changeAlias: {
    input: ChangeAliasInput,
    description: "Changes what an alias of an account is used for.",
    answers: ACCOUNT,
  },
  removeAlias: {
    input: RemoveAliasInput,
    description: "Removes an alias from an account.",
    answers: ACCOUNT,
  },
  configureAccountVoice: {
    input: ConfigureAccountVoiceInput,
    description: "Configures calls of an account, from today on.",
    answers: ACCOUNT,
  },
  closeAccount: {
    input: CloseAccountInput,
    description: "Closes an account and terminates its commitments.",
    answers: ACCOUNT,
  },
} satisfies MutationFields<keyof typeof accountCommands>;
