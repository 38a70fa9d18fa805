import { Field, InputType, Int, ObjectType } from "@nestjs/graphql";
import { type Edge as Registered } from "#domain/voice/edge.js";
import { type CatalogRow } from "#read-models/catalog/table.js";
import { SipContact } from "../catalog/voice-models.js";
import { enumOf, LanguageEnum } from "../graphql/enums.js";
import { TextField } from "../graphql/fields.js";
import { CREATED_AT, NODE, UPDATED_AT } from "../graphql/node.js";
import { connectionOf } from "../graphql/pagination.js";
import { payloadOf } from "../graphql/payload.js";
import { type Plain } from "../graphql/plain.js";
import { ID, InstantScalar } from "../graphql/scalars.js";

export const EdgeStatusEnum = enumOf<Registered["status"]>("EdgeStatus", "Whether an edge may ask and report.", {
  REGISTERED: "It may.",
  RETIRED: "It is refused, for good.",
});

@ObjectType({ description: "Where announcements are played." })
export class Announcer {
  @Field(() => String, { description: "An IP address or a domain name." }) host: string;
  @Field(() => Int, { description: "The port, UDP." }) port: number;
}

@ObjectType({
  ...NODE,
  description: "A SIP edge of the provider: it asks what to do with calls, and reports them.",
})
export class SipEdge {
  @Field(() => ID, { description: "Its id: the name that it comes in with." }) id: string;
  @Field(() => InstantScalar, CREATED_AT) createdAt: string;
  @Field(() => InstantScalar, UPDATED_AT) updatedAt: string;
  @Field(() => String, { description: "Its name." }) name: string;
  @Field(() => String, {
    description: "Domain name of the numbers that are called here, beside those without a realm; null: only those.",
    nullable: true,
  })
  realm: string | null;
  @Field(() => [String], { description: "IP addresses and networks that it takes calls from." })
  addresses: readonly string[];
  @Field(() => SipContact, {
    description: "Where calls go that a redirection makes new ones; null: there are none.",
    nullable: true,
  })
  gateway: SipContact | null;
  @Field(() => Announcer, {
    description: "Where announcements are played; null: callers get bare codes.",
    nullable: true,
  })
  announcer: Announcer | null;
  @Field(() => LanguageEnum, { description: "The language of announcements about numbers that nobody has." })
  language: keyof typeof LanguageEnum;
  @Field(() => EdgeStatusEnum, { description: "Whether it may ask and report." }) status: keyof typeof EdgeStatusEnum;
  @Field(() => InstantScalar, {
    description:
      "Until when the secret before the present one counts, by the system's time; null: there was none before it.",
    nullable: true,
  })
  previousSecretUntil: string | null;
}

export const SipEdgeConnection = connectionOf(SipEdge, "SipEdge", "edges");
export const SipEdgePayload = payloadOf(SipEdge, "SipEdge", "edge");

@ObjectType({ description: "The answer of a mutation that makes a secret of an edge." })
export class EdgeSecretPayload extends SipEdgePayload {
  @Field(() => String, {
    description:
      "What the edge comes in with beside its id. Shown this once: null when the mutation is repeated. One that got lost is rotated.",
    nullable: true,
  })
  secret: string | null;
}

@InputType({ description: "Which edges to list." })
export class SipEdgeFilter {
  @TextField("Only those whose name contains this text, whatever its case.", { nullable: true }) name?: string | null;
}

export const edgeShown = ({ id, state, createdAt, updatedAt }: CatalogRow<"edge">): Plain<SipEdge> => {
  const { edgeId: _, secrets, ...shown } = state;
  const previous = secrets.find(({ until }) => until !== null);
  return { ...shown, id, createdAt, updatedAt, previousSecretUntil: previous?.until ?? null };
};
