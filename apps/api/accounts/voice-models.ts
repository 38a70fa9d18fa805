import { Field, InputType, ObjectType } from "@nestjs/graphql";
import { type EffectiveVoice } from "#domain/voice/in-service.js";
import { VoiceService, VoiceServiceInput } from "../catalog/voice-models.js";
import { VoiceOriginEnum, VoiceStateEnum } from "./enums.js";
import { Expecting } from "../graphql/expected.js";
import { IdempotencyKey, IdField } from "../graphql/fields.js";
import { type Plain } from "../graphql/plain.js";
import { LocalDateScalar } from "../graphql/scalars.js";

type Origin = keyof typeof VoiceOriginEnum;

@ObjectType({ description: "Where each value of a voice service comes from." })
export class VoiceOrigins {
  @Field(() => VoiceOriginEnum, { description: "The service policy's." }) servicePolicy: Origin;
  @Field(() => VoiceOriginEnum, { description: "The contact's." }) sipContact: Origin;
  @Field(() => VoiceOriginEnum, { description: "Of the calls at the same time." }) maxCalls: Origin;
  @Field(() => VoiceOriginEnum, { description: "Of the longest call." }) maxSeconds: Origin;
  @Field(() => VoiceOriginEnum, { description: "Of the tariff of incoming calls." }) incomingTariff: Origin;
  @Field(() => VoiceOriginEnum, { description: "Of the tariff of outgoing calls." }) outgoingTariff: Origin;
  @Field(() => VoiceOriginEnum, { description: "The language's." }) language: Origin;
}

@ObjectType({ description: "How calls of an account are served on a day, as known now." })
export class AccountVoice {
  @Field(() => LocalDateScalar, { description: "The day." }) on: string;
  @Field(() => VoiceStateEnum, { description: "Whether calls go through." }) state: keyof typeof VoiceStateEnum;
  @Field(() => VoiceService, { description: "What is in effect." }) service: VoiceService;
  @Field(() => VoiceOrigins, { description: "Where each value comes from." }) origins: VoiceOrigins;
  mainProductId: string | null;
  addOnProductId: string | null;
}

export const accountVoiceShown = (on: string, voice: EffectiveVoice): Plain<AccountVoice> => {
  const { state, service, origins, product } = voice;
  const { servicePolicyId, incomingTariffId, outgoingTariffId, ...others } = origins;
  return {
    ...{ on, state, service: { ...service } },
    origins: {
      ...others,
      ...{ servicePolicy: servicePolicyId, incomingTariff: incomingTariffId, outgoingTariff: outgoingTariffId },
    },
    mainProductId: product?.kind === "MAIN_PRODUCT" ? product.id : null,
    addOnProductId: product?.kind === "ADD_ON_PRODUCT" ? product.id : null,
  };
};

@Expecting("accountId")
@InputType({
  description: "Configures calls of an account. What is left out stays; what is null is inherited from its product.",
})
export class ConfigureAccountVoiceInput extends VoiceServiceInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The account.") accountId: string;
}
