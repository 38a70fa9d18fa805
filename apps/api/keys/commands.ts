import { InputType } from "@nestjs/graphql";
import { ArrayMaxSize } from "class-validator";
import { type keyCommands } from "#application/keys/commands.js";
import { type KeyRole } from "#domain/keys/events.js";
import { IdempotencyKey, IdField, InputField, InstantField, TextField } from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { KeyRoleEnum } from "./enums.js";
import { ApiKeyPayload, GrantKeyPayload } from "./models.js";

@InputType({ description: "Grants an API key." })
export class GrantKeyInput {
  @IdempotencyKey() idempotencyKey: string;
  @TextField("What tells it from others: the program that comes in with it.") label: string;
  @InputField(
    () => [KeyRoleEnum],
    "What it may do: nothing that whoever grants it may not do. OPERATOR stands alone, and is granted without the header `tenure-provider`.",
    {},
    ArrayMaxSize(10, { message: "$property has at most 10 items." }),
  )
  roles: KeyRole[];
  @InstantField("When it expires, by the system's time; null: when it is revoked.", { nullable: true })
  expiresAt?: string | null;
  @TextField("Why.", {}, 1000) reason: string;
}

@InputType({ description: "Revokes an API key." })
export class RevokeKeyInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The key.") keyId: string;
  @TextField("Why.", {}, 1000) reason: string;
}

const GRANTED = { kind: "key", payload: GrantKeyPayload } as const;
const KEY = { kind: "key", payload: ApiKeyPayload } as const;

export const keyMutations = {
  grantKey: {
    input: GrantKeyInput,
    description: "Grants an API key. The answer shows its secret, once.",
    answers: GRANTED,
  },
  revokeKey: {
    input: RevokeKeyInput,
    description: "Revokes an API key for good: within five seconds no request comes in with it.",
    answers: KEY,
  },
} satisfies MutationFields<keyof typeof keyCommands>;
