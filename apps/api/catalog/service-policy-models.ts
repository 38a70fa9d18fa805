import { Field, InputType, ObjectType } from "@nestjs/graphql";
import { RedirectActionEnum, VoiceServiceTypeEnum } from "./enums.js";
import { Expecting } from "../graphql/expected.js";
import { IdempotencyKey, IdField, InputField, TextField, TextListField } from "../graphql/fields.js";
import { CREATED_AT, NODE, UPDATED_AT } from "../graphql/node.js";
import { connectionOf } from "../graphql/pagination.js";
import { payloadOf } from "../graphql/payload.js";
import { ID, InstantScalar } from "../graphql/scalars.js";

const NETWORKS =
  "IP addresses, domain names and networks (/24 to /32, IPv6 /64 to /128) to which calls are redirected without asking, 1 to 64; null: not enabled.";
const ACTION = "What is done with a redirection to an address that is not trusted; null: not enabled.";

@ObjectType({
  ...NODE,
  description: "How a service is given to accounts. With neither attribute no redirection is followed.",
})
export class ServicePolicy {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => InstantScalar, CREATED_AT) createdAt: string;
  @Field(() => InstantScalar, UPDATED_AT) updatedAt: string;
  @Field(() => String, { description: "Its name." }) name: string;
  @Field(() => String, { description: "What it is for.", nullable: true }) description: string | null;
  @Field(() => VoiceServiceTypeEnum, { description: "The service." }) service: keyof typeof VoiceServiceTypeEnum;
  @Field(() => RedirectActionEnum, { description: ACTION, nullable: true })
  redirectAction: keyof typeof RedirectActionEnum | null;
  @Field(() => [String], { description: NETWORKS, nullable: true }) trustedNetworks: readonly string[] | null;
}

export const ServicePolicyConnection = connectionOf(ServicePolicy, "ServicePolicy", "service policies");
export const ServicePolicyPayload = payloadOf(ServicePolicy, "ServicePolicy", "servicePolicy");

const optional = { nullable: true };

@InputType({ description: "Which service policies to list." })
export class ServicePolicyFilter {
  @TextField("Only those whose name contains this text, whatever its case.", optional) name?: string | null;
}

@InputType({ description: "Defines a service policy." })
export class DefineServicePolicyInput {
  @IdempotencyKey() idempotencyKey: string;
  @TextField("Its name.") name: string;
  @TextField("What it is for.", optional, 1000) description?: string | null;
  @InputField(() => RedirectActionEnum, ACTION, optional) redirectAction?: keyof typeof RedirectActionEnum | null;
  @TextListField(NETWORKS, optional) trustedNetworks?: string[] | null;
}

@Expecting("servicePolicyId")
@InputType({
  description: "Revises a service policy. Fields left out keep their values; null switches an attribute off.",
})
export class ReviseServicePolicyInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The service policy.") servicePolicyId: string;
  @TextField("Its name.", { optional: true }) name?: string;
  @TextField("What it is for.", optional, 1000) description?: string | null;
  @InputField(() => RedirectActionEnum, ACTION, optional) redirectAction?: keyof typeof RedirectActionEnum | null;
  @TextListField(NETWORKS, optional) trustedNetworks?: string[] | null;
}
