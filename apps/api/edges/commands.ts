import { InputType } from "@nestjs/graphql";
import { type edgeCommands } from "#application/edges/commands.js";
import { SipContactInput } from "../catalog/voice-models.js";
import { LanguageEnum } from "../graphql/enums.js";
import {
  CountField,
  IdempotencyKey,
  IdField,
  InputField,
  InstantField,
  NestedField,
  TextField,
  TextListField,
} from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { EdgeSecretPayload, SipEdgePayload } from "./models.js";

const nullable = { nullable: true };
const optional = { optional: true };

const REALM = "Domain name of the numbers that are called here, beside those without a realm; null: only those.";
const ADDRESSES = "IP addresses and networks (/24 to /32, IPv6 /64 to /128) that it takes calls from, 1 to 64.";
const GATEWAY = "Where calls go that a redirection makes new ones; null: there are none.";
const ANNOUNCER = "Where announcements are played; null: callers get bare codes.";
const LANGUAGE = "The language of announcements about numbers that nobody has; `EN` unless given.";

@InputType({ description: "Where announcements are played." })
export class AnnouncerInput {
  @TextField("An IP address or a domain name.") host: string;
  @CountField("1 to 65535; 5070 unless given.", nullable) port?: number | null;
}

@InputType({ description: "Registers a SIP edge." })
export class RegisterEdgeInput {
  @IdempotencyKey() idempotencyKey: string;
  @TextField("Its name.") name: string;
  @TextField(REALM, nullable) realm?: string | null;
  @TextListField(ADDRESSES) addresses: string[];
  @NestedField(() => SipContactInput, GATEWAY, nullable) gateway?: SipContactInput | null;
  @NestedField(() => AnnouncerInput, ANNOUNCER, nullable) announcer?: AnnouncerInput | null;
  @InputField(() => LanguageEnum, LANGUAGE, optional) language?: keyof typeof LanguageEnum;
}

@InputType({ description: "Revises a SIP edge. Fields left out keep their values." })
export class ReviseEdgeInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The edge.") edgeId: string;
  @TextField("Its name.", optional) name?: string;
  @TextField(REALM, nullable) realm?: string | null;
  @TextListField(ADDRESSES, optional) addresses?: string[];
  @NestedField(() => SipContactInput, GATEWAY, nullable) gateway?: SipContactInput | null;
  @NestedField(() => AnnouncerInput, ANNOUNCER, nullable) announcer?: AnnouncerInput | null;
  @InputField(() => LanguageEnum, "The language of announcements about numbers that nobody has.", optional)
  language?: keyof typeof LanguageEnum;
}

@InputType({ description: "Gives a SIP edge another secret." })
export class RotateEdgeSecretInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The edge.") edgeId: string;
  @InstantField(
    "Until when the secret that it has counts beside the new one, by the system's time, 30 days at most; for a day unless given.",
    nullable,
  )
  previousUntil?: string | null;
}

@InputType({ description: "Retires a SIP edge." })
export class RetireEdgeInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The edge.") edgeId: string;
}

const WITH_SECRET = { kind: "edge", payload: EdgeSecretPayload } as const;
const EDGE = { kind: "edge", payload: SipEdgePayload } as const;

export const edgeMutations = {
  registerEdge: {
    input: RegisterEdgeInput,
    description: "Registers a SIP edge. The answer shows its secret, once.",
    answers: WITH_SECRET,
  },
  reviseEdge: {
    input: ReviseEdgeInput,
    description: "Revises a SIP edge; a running one reads its addresses when it is started.",
    answers: EDGE,
  },
  rotateEdgeSecret: {
    input: RotateEdgeSecretInput,
    description: "Gives a SIP edge another secret, which the answer shows, once. The one before counts for a while.",
    answers: WITH_SECRET,
  },
  retireEdge: {
    input: RetireEdgeInput,
    description: "Retires a SIP edge for good: within five seconds it is refused.",
    answers: EDGE,
  },
} satisfies MutationFields<keyof typeof edgeCommands>;
