import { Field, InputType, ObjectType } from "@nestjs/graphql";
import { ArrayMaxSize } from "class-validator";
import { type HistoryKind } from "#history/kinds.js";
import { type Origin } from "#event-store/event.js";
import { Delivery } from "../deliveries/models.js";
import { ShownEvent } from "../events/models.js";
import { enumOf } from "../graphql/enums.js";
import { FlagField, InputField, InstantField, TextListField } from "../graphql/fields.js";
import { connectionOf } from "../graphql/pagination.js";
import { RoleEnum, type RoleName } from "../graphql/roles.js";
import { DecimalScalar, ID, InstantScalar, LocalDateScalar } from "../graphql/scalars.js";

export const HistoryKindEnum = enumOf<HistoryKind>("HistoryKind", "What an entry of a history is about.", {
  CUSTOMER: "A decision about a customer.",
  ACCOUNT: "A decision about an account.",
  COMMITMENT: "A decision about a commitment.",
  SIGNAL: "What took effect by the passing of time.",
  BILLING: "A period that was closed, an invoice, a credit note, a number.",
  MONEY: "A payment, a refund, a write-off.",
  COLLECTION: "A step of collection, or what collection was told.",
  PERSON: "A person of a customer.",
  TICKET: "A request for help.",
  ZENDESK: "The link with an organization in Zendesk.",
  CATALOG: "An item of the catalog.",
  MAIL_TEMPLATE: "A text of mails.",
  KEY: "An API key.",
  EDGE: "A SIP edge.",
  PROVIDER: "The provider itself.",
  CLOCK: "The test clock.",
  RECORD_KEEPING:
    "What only serves another entry: pages of documents, reservations, commands that changed nothing. Calls, too.",
  DELIVERY: "What was or is to be sent to a system outside.",
});

export type HistorySubjectName =
  | "PROVIDER"
  | "CUSTOMER"
  | "ACCOUNT"
  | "COMMITMENT"
  | "PLAN"
  | "OFFER"
  | "ADD_ON_PRODUCT"
  | "VOLUME_DISCOUNT_PLAN"
  | "MAIN_PRODUCT"
  | "CUSTOMER_CLASS"
  | "SERVICE_POLICY"
  | "TARIFF"
  | "MAIL_TEMPLATE"
  | "EDGE"
  | "PERSON"
  | "KEY";

export const HistorySubjectEnum = enumOf<HistorySubjectName>("HistorySubjectKind", "What something happened to.", {
  PROVIDER: "The provider.",
  CUSTOMER: "A customer.",
  ACCOUNT: "An account.",
  COMMITMENT: "A commitment.",
  PLAN: "A plan.",
  OFFER: "An offer.",
  ADD_ON_PRODUCT: "An add-on product.",
  VOLUME_DISCOUNT_PLAN: "A volume discount plan.",
  MAIN_PRODUCT: "A main product.",
  CUSTOMER_CLASS: "A customer class.",
  SERVICE_POLICY: "A service policy.",
  TARIFF: "A tariff.",
  MAIL_TEMPLATE: "A text of mails.",
  EDGE: "A SIP edge.",
  PERSON: "A person of a customer.",
  KEY: "An API key.",
});

export type OriginName = Uppercase<Origin>;
export const OriginEnum = enumOf<OriginName>("Origin", "Where a command came in.", {
  API: "Over the network.",
  CLI: "From a terminal.",
  WORKER: "From the work that fell due.",
  SYSTEM: "From the program itself.",
});

@ObjectType({
  description:
    "A piece of a sentence, for readers who want days and amounts written in their own way. The texts one after the other are the sentence.",
})
export class SentencePart {
  @Field(() => String, { description: "What the sentence says here." }) text: string;
  @Field(() => LocalDateScalar, { description: "The day that it says, or the first of several.", nullable: true })
  day: string | null;
  @Field(() => LocalDateScalar, { description: "The last of the days that it says.", nullable: true })
  until: string | null;
  @Field(() => InstantScalar, { description: "The moment that it says.", nullable: true }) instant: string | null;
  @Field(() => DecimalScalar, { description: "The amount that it says.", nullable: true }) amount: string | null;
  @Field(() => String, { description: "ISO 4217 code of the amount.", nullable: true }) currency: string | null;
}

@ObjectType("HistoryChange", { description: "Something that is otherwise than before." })
export class HistoryChange {
  @Field(() => String, { description: "What changed, by a name that is the same in every language." }) field: string;
  @Field(() => String, { description: "What changed, in words." }) label: string;
  @Field(() => String, { description: "What it was; null: there was none.", nullable: true }) from: string | null;
  @Field(() => [SentencePart], { description: "`from` in parts.", nullable: true }) fromParts: SentencePart[] | null;
  @Field(() => String, { description: "What it is; null: there is none any more.", nullable: true }) to: string | null;
  @Field(() => [SentencePart], { description: "`to` in parts.", nullable: true }) toParts: SentencePart[] | null;
}

@ObjectType("HistorySubject", { description: "What something happened to." })
export class HistorySubject {
  @Field(() => HistorySubjectEnum, { description: "What it is." }) kind: HistorySubjectName;
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => String, { description: "What it is called now; null: it has no name.", nullable: true })
  name: string | null;
}

@ObjectType("HistoryEntry", { description: "What happened once: an event, or a delivery because of one." })
export class HistoryEntry {
  @Field(() => ID, { description: "The id of the event, or of the delivery." }) id: string;
  @Field(() => HistoryKindEnum, { description: "What it is about." }) kind: HistoryKind;
  @Field(() => String, { description: "The event's type, or target and kind of the delivery." }) type: string;
  @Field(() => HistorySubject, { description: "What it happened to." }) subject: HistorySubject;
  @Field(() => String, { description: "What happened, in a sentence." }) summary: string;
  @Field(() => [SentencePart], { description: "The sentence in parts." }) summaryParts: SentencePart[];
  @Field(() => [HistoryChange], {
    description:
      "What it changed, judged on the day from which it takes effect: from the state just before it to the state just after it.",
  })
  changes: HistoryChange[];
  @Field(() => String, {
    description: "Why, as somebody said it; of a delivery why it was discarded. Null: nobody said it.",
    nullable: true,
  })
  reason: string | null;
  @Field(() => InstantScalar, {
    description: "When it was recorded, by the provider's clock; of a delivery when its event was.",
  })
  recordedAt: string;
  @Field(() => LocalDateScalar, { description: "The day from which it takes effect." }) effectiveOn: string;
  @Field(() => String, { description: "Who gave the command, as recorded; of a delivery who discarded it." })
  actor: string;
  @Field(() => String, { description: "Who that is, by name where it is known." }) actorName: string;
  @Field(() => RoleEnum, { description: "The role by which it could be given; null: none was needed.", nullable: true })
  role: RoleName | null;
  @Field(() => OriginEnum, { description: "Where the command came in." }) origin: OriginName;
  @Field(() => ShownEvent, { description: "The event, or that because of which something was delivered." })
  event: ShownEvent;
  @Field(() => Delivery, { description: "The delivery; null: it is none.", nullable: true }) delivery: Delivery | null;
}

export const HistoryConnection = connectionOf(HistoryEntry, "HistoryEntry", "entries of a history");

@InputType({ description: "Conditions on entries of a history; those that are given must all hold." })
export class HistoryFilter {
  @InputField(
    () => [HistoryKindEnum],
    "Only those about one of these.",
    { optional: true },
    ArrayMaxSize(100, { message: "$property has at most 100 items." }),
  )
  kinds?: HistoryKind[];
  @TextListField("Only events of one of these types; no deliveries.", { optional: true })
  types?: string[];
  @TextListField(
    "Only those by one of these actors, as recorded: `key:<id>`, `person:<id>`, `oidc:<subject>`, `local`, `worker`.",
    { optional: true },
  )
  actors?: string[];
  @FlagField(
    "True: without what only serves other entries (record keeping, numbers, sums of calls, periods with nothing to charge), turns of the test clock, and deliveries.",
    { optional: true },
  )
  essential?: boolean;
  @InstantField("Only those recorded at this instant or later.", { optional: true }) from?: string;
  @InstantField("Only those recorded at this instant or earlier.", { optional: true }) until?: string;
}
