import { Field, InputType, ObjectType } from "@nestjs/graphql";
import { type KeyRole } from "#domain/keys/events.js";
import { TextField } from "../graphql/fields.js";
import { CREATED_AT, UPDATED_AT } from "../graphql/node.js";
import { connectionOf, SortDirection } from "../graphql/pagination.js";
import { payloadOf } from "../graphql/payload.js";
import { ID, InstantScalar } from "../graphql/scalars.js";
import { KeyRoleEnum, KeySortField, KeyStatusEnum } from "./enums.js";

@ObjectType({
  description: "What a program comes in with: an API key, without its secret, which nobody can see again.",
})
export class ApiKey {
  @Field(() => ID, { description: "Its id. Its commands have the actor `key:` and this id." }) id: string;
  @Field(() => InstantScalar, CREATED_AT) createdAt: string;
  @Field(() => InstantScalar, UPDATED_AT) updatedAt: string;
  @Field(() => String, { description: "What tells it from others." }) label: string;
  @Field(() => [KeyRoleEnum], { description: "What it may do." }) roles: KeyRole[];
  @Field(() => KeyStatusEnum, { description: "Whether it counts now." }) status: keyof typeof KeyStatusEnum;
  @Field(() => InstantScalar, {
    description: "It is refused from then on, by the system's time; null: when it is revoked.",
    nullable: true,
  })
  expiresAt: string | null;
  @Field(() => String, { description: "Actor of the command that granted it." }) grantedBy: string;
  @Field(() => String, { description: "Why it was granted." }) reason: string;
  @Field(() => InstantScalar, { description: "When it was revoked; null: it was not.", nullable: true })
  revokedAt: string | null;
  @Field(() => String, {
    description: "Actor of the command that revoked it; null: it was not revoked.",
    nullable: true,
  })
  revokedBy: string | null;
  @Field(() => String, { description: "Why it was revoked; null: it was not.", nullable: true })
  revokedBecause: string | null;
}

export const ApiKeyConnection = connectionOf(ApiKey, "ApiKey", "API keys");
export const ApiKeyPayload = payloadOf(ApiKey, "ApiKey", "key");

@ObjectType({ description: "The answer of granting an API key." })
export class GrantKeyPayload extends ApiKeyPayload {
  @Field(() => String, {
    description:
      "What requests come in with, as `Authorization: Bearer …`. Shown this once: null when the mutation is repeated. One that got lost is revoked, and another one granted.",
    nullable: true,
  })
  secret: string | null;
}

@InputType({ description: "Which API keys to list." })
export class ApiKeyFilter {
  @TextField("Only those whose label contains this text, whatever its case.", { nullable: true })
  label?: string | null;
}

@InputType({ description: "The sort order of API keys." })
export class ApiKeySort {
  @Field(() => KeySortField, { description: "The sort key." })
  by: keyof typeof KeySortField;

  @Field(() => SortDirection, { description: "The direction.", defaultValue: "ASC" })
  direction: SortDirection;
}
