import { Field, InputType, Int, ObjectType } from "@nestjs/graphql";
import { type VoiceService as Service } from "#domain/catalog/voice-service.js";
import { LanguageEnum } from "../graphql/enums.js";
import { SipTransportEnum } from "./enums.js";
import { CountField, IdField, InputField, NestedField, TextField } from "../graphql/fields.js";
import { type Plain } from "../graphql/plain.js";

const HOST = "An IP address or a domain name.";
const PORT = "1 to 65535; 5060, or 5061 for TLS, unless given.";
const MAX_CALLS = "Calls at the same time.";
const MAX_SECONDS = "The longest call, in seconds.";
const LANGUAGE = "The language of announcements.";

@ObjectType({ description: "Where calls to an account are sent." })
export class SipContact {
  @Field(() => String, { description: HOST }) host: string;
  @Field(() => Int, { description: "The port." }) port: number;
  @Field(() => SipTransportEnum, { description: "The transport." }) transport: keyof typeof SipTransportEnum;
}

@ObjectType({ description: "What calls of accounts need to know. Null: said elsewhere, or nowhere." })
export class VoiceService {
  servicePolicyId: string | null;
  @Field(() => SipContact, { description: "Where calls are sent.", nullable: true }) sipContact: SipContact | null;
  @Field(() => Int, { description: MAX_CALLS, nullable: true }) maxCalls: number | null;
  @Field(() => Int, { description: MAX_SECONDS, nullable: true }) maxSeconds: number | null;
  incomingTariffId: string | null;
  outgoingTariffId: string | null;
  @Field(() => LanguageEnum, { description: LANGUAGE, nullable: true })
  language: keyof typeof LanguageEnum | null;
}

export const voiceServiceShown = (service: Service | null | undefined): Plain<VoiceService> | null =>
  service ? { ...service } : null;

const nullable = { nullable: true };

@InputType({ description: "Where calls to an account are sent." })
export class SipContactInput {
  @TextField(HOST) host: string;
  @CountField(PORT, nullable) port?: number | null;
  @InputField(() => SipTransportEnum, "The transport; `UDP` unless given.", nullable)
  transport?: keyof typeof SipTransportEnum | null;
}

@InputType({ description: "What calls of accounts need to know. What is left out or null is said nowhere." })
export class VoiceServiceInput {
  @IdField("The service policy.", nullable) servicePolicyId?: string | null;
  @NestedField(() => SipContactInput, "Where calls are sent.", nullable) sipContact?: SipContactInput | null;
  @CountField("Calls at the same time, 1 to 10000.", nullable) maxCalls?: number | null;
  @CountField("The longest call in seconds, 1 to 86400.", nullable) maxSeconds?: number | null;
  @IdField("The tariff of incoming calls.", nullable) incomingTariffId?: string | null;
  @IdField("The tariff of outgoing calls.", nullable) outgoingTariffId?: string | null;
  @InputField(() => LanguageEnum, LANGUAGE, nullable) language?: keyof typeof LanguageEnum | null;
}
