import { Field, Int, ObjectType } from "@nestjs/graphql";
import { type AgreedTerms } from "#domain/commitments/agreed-terms.js";
import { type ShiftCause } from "#domain/commitments/discount-end-shifts.js";
import { type PeriodState } from "#domain/billing/commitment-timeline.js";
import { CommitmentStatusEnum, PauseStatusEnum } from "./enums.js";
import { DiscountOriginEnum } from "../invoices/enums.js";
import { enumOf } from "../graphql/enums.js";
import { DecimalScalar, ID, LocalDateScalar } from "../graphql/scalars.js";
import { Line } from "../invoices/models.js";

/* All that the drawing of a commitment shows, in one answer. Days are the customer's, last days included. */

const PeriodStateEnum = enumOf<PeriodState>("TimelinePeriodState", "How far a billing period is.", {
  CLOSED: "It is closed: what it charges is on issued documents.",
  RUNNING: "It has begun, and is not closed yet.",
  COMING: "It has not begun.",
});
const DocumentKindEnum = enumOf<"INVOICE" | "CREDIT_NOTE">("TimelineDocumentKind", "What a document is.", {
  INVOICE: "An invoice.",
  CREDIT_NOTE: "A credit note.",
});
const AgreedByEnum = enumOf<AgreedTerms["by"]>("AgreedBy", "What brings terms into force.", {
  ASSIGNMENT: "The assignment of the offer.",
  UPGRADE: "An upgrade that was made on their first day.",
  PLANNED_UPGRADE: "An upgrade that was planned after a time-limited one.",
  SCHEDULED_UPGRADE: "An upgrade that was ordered ahead.",
  RENEWAL: "A renewal of fees.",
});
const ShiftCauseEnum = enumOf<ShiftCause>("DiscountEndShiftCause", "Why a discount end date is another one.", {
  AGREED: "The assignment began it.",
  MANUAL: "It was set by hand.",
  SYNCHRONISED: "It was copied from another commitment.",
  UPGRADE: "An upgrade began it anew.",
  PAUSE: "The days of a pause moved it.",
  LIMIT: "A change of a pause moves no date beyond what was given or had passed by then.",
});

const FROM = { description: "Its first day." };
const UNTIL = { description: "Its last day." };
const OPEN = { description: "Its last day; null: it is not limited.", nullable: true };
const EVENTS = { description: "Ids of the events that made it so; those of a preview are left out." };

@ObjectType({ description: "An issued document with lines of the commitment." })
export class TimelineDocument {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => String, { description: "Its number." }) number: string;
  @Field(() => DocumentKindEnum, { description: "What it is." }) kind: keyof typeof DocumentKindEnum;
}

@ObjectType({ description: "A billing period with what it charges for the commitment." })
export class TimelinePeriod {
  @Field(() => LocalDateScalar, FROM) from: string;
  @Field(() => LocalDateScalar, UNTIL) until: string;
  @Field(() => PeriodStateEnum, { description: "How far it is." }) state: PeriodState;
  @Field(() => [TimelineDocument], { description: "The documents that charge for it, corrections among them." })
  invoices: TimelineDocument[];
  @Field(() => [Line], {
    description:
      "Its lines: those that were issued for it, whichever document they are on; of a period that is not closed those of its close, as known now.",
  })
  lines: Line[];
  @Field(() => DecimalScalar, { description: "The sum of their nets." }) net: string;
}

@ObjectType({ description: "Days on which the customer's service is blocked, paused days among them." })
export class TimelineSuspension {
  @Field(() => LocalDateScalar, FROM) from: string;
  @Field(() => LocalDateScalar, OPEN) until: string | null;
  @Field(() => [ID], EVENTS) eventIds: string[];
}

@ObjectType({ description: "Days on which a rate of the customer replaces the commitment's discounts." })
export class TimelineRate {
  @Field(() => LocalDateScalar, FROM) from: string;
  @Field(() => LocalDateScalar, OPEN) until: string | null;
  @Field(() => DecimalScalar, { description: "Percent of the subscription fees." }) rate: string;
  @Field(() => [ID], EVENTS) eventIds: string[];
}

@ObjectType({ description: "A pause that was not cancelled." })
export class TimelinePause {
  @Field(() => LocalDateScalar, FROM) from: string;
  @Field(() => LocalDateScalar, {
    description: "Its last day, or the commitment's last charged day if that is earlier; null: an open pause.",
    nullable: true,
  })
  until: string | null;
  @Field(() => PauseStatusEnum, { description: "Its status today." }) status: keyof typeof PauseStatusEnum;
  @Field(() => Boolean, { description: "Whether the customer paused by itself, or asked for the pause." })
  selfCare: boolean;
  @Field(() => [ID], EVENTS) eventIds: string[];
}

@ObjectType({ description: "Terms with the days on which they are in force, and what they cost." })
export class TimelineAgreement {
  @Field(() => LocalDateScalar, FROM) from: string;
  @Field(() => LocalDateScalar, OPEN) until: string | null;
  @Field(() => AgreedByEnum, { description: "What brings them into force." }) by: AgreedTerms["by"];
  @Field(() => String, { description: "The offer's name." }) name: string;
  @Field(() => DecimalScalar, {
    description: "The recurring fees of a whole billing period, as the customer is billed on the first day.",
  })
  fee: string;
  @Field(() => DecimalScalar, {
    description: "The discounts that are agreed with them, whether or not they are given.",
  })
  discount: string;
  @Field(() => DecimalScalar, { description: "Fee minus discount." }) net: string;
  @Field(() => [ID], EVENTS) eventIds: string[];
}

@ObjectType({
  description: "What a whole billing period costs by what holds on these days, whether or not they are served.",
})
export class TimelinePrice {
  @Field(() => LocalDateScalar, FROM) from: string;
  @Field(() => LocalDateScalar, OPEN) until: string | null;
  @Field(() => DecimalScalar, { description: "The recurring fees." }) fee: string;
  @Field(() => DecimalScalar, {
    description:
      "The discount that is given: none from the discount end date on, and by the customer's rate where it has one.",
  })
  discount: string;
  @Field(() => DecimalScalar, { description: "Fee minus discount." }) net: string;
  @Field(() => DiscountOriginEnum, { description: "Where the discount comes from; null: none.", nullable: true })
  discountOrigin: keyof typeof DiscountOriginEnum | null;
}

@ObjectType({ description: "A time-limited upgrade." })
export class TimelineUpgrade {
  @Field(() => LocalDateScalar, FROM) from: string;
  @Field(() => LocalDateScalar, UNTIL) until: string;
  @Field(() => ID, { description: "The row whose add-on product it replaces." }) rowId: string;
  @Field(() => Boolean, { description: "Whether today is one of its days." }) running: boolean;
  @Field(() => String, {
    description: "The name of the offer that follows on the day after; null: none.",
    nullable: true,
  })
  thenUpgradeTo: string | null;
  @Field(() => [ID], EVENTS) eventIds: string[];
  addOnProductId: string;
}

@ObjectType({ description: "A step by which the discount end date became what it is." })
export class DiscountEndShift {
  @Field(() => ShiftCauseEnum, { description: "Why." }) cause: ShiftCause;
  @Field(() => LocalDateScalar, { description: "The date before; null: there was none.", nullable: true })
  from: string | null;
  @Field(() => LocalDateScalar, { description: "The date after." }) to: string;
  @Field(() => Int, { description: "How many days later it is; null: there was none before.", nullable: true })
  days: number | null;
  @Field(() => LocalDateScalar, { description: "First paused day of a pause that moves it.", nullable: true })
  causeFrom: string | null;
  @Field(() => LocalDateScalar, {
    description: "Its last paused day that counts; null: none moves it, or the pause is open.",
    nullable: true,
  })
  causeUntil: string | null;
  @Field(() => ID, { description: "The commitment whose date was copied; null: none.", nullable: true })
  withCommitmentId: string | null;
  @Field(() => [ID], EVENTS) eventIds: string[];
}

@ObjectType({ description: "A step of the discounts that the commitment was given." })
export class DiscountGiven {
  @Field(() => LocalDateScalar, {
    description: "The last day of the billing period; today, for what is on no issued invoice.",
  })
  on: string;
  @Field(() => DecimalScalar, { description: "What was given." }) amount: string;
  @Field(() => DecimalScalar, { description: "With all that was given before." }) total: string;
  @Field(() => Boolean, { description: "Whether it is on issued invoices." }) issued: boolean;
}

@ObjectType({ description: "The penalty of the commitment's end." })
export class TimelinePenalty {
  @Field(() => LocalDateScalar, { description: "The last charged day." }) on: string;
  @Field(() => DecimalScalar, { description: "What it comes to before a waiver." }) amount: string;
  @Field(() => DecimalScalar, { description: "What is charged of it." }) total: string;
  @Field(() => Boolean, { description: "Whether it is waived." }) waived: boolean;
}

@ObjectType({ description: "The end of the commitment: its termination, or the closing of its account or customer." })
export class TimelineTermination {
  @Field(() => LocalDateScalar, { description: "The last charged day." }) on: string;
  @Field(() => Boolean, { description: "Whether that is today or still to come." }) scheduled: boolean;
  @Field(() => Boolean, { description: "Whether it is early, as known now." }) early: boolean;
  @Field(() => [ID], EVENTS) eventIds: string[];
}

@ObjectType({ description: "All that happened to a commitment and will, as known now, for a drawing." })
export class CommitmentTimeline {
  @Field(() => LocalDateScalar, { description: "The customer's today." }) today: string;
  @Field(() => LocalDateScalar, { description: "The commitment's first charged day." }) from: string;
  @Field(() => LocalDateScalar, {
    description:
      "The last day that is worth drawing: of the billing period in which it ends, or in which the last thing happens that is known to come, 120 billing periods after today's at most.",
  })
  until: string;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => [TimelinePeriod], { description: "Its billing periods, in order; those of former holders among them." })
  periods: TimelinePeriod[];
  @Field(() => [TimelineSuspension], { description: "Suspensions of the customer that holds it, in order." })
  suspensions: TimelineSuspension[];
  @Field(() => [TimelineRate], { description: "Discount rates of the customer that holds it, in order." })
  rates: TimelineRate[];
  @Field(() => [TimelinePause], { description: "Its pauses by first day, without cancelled ones." })
  pauses: TimelinePause[];
  @Field(() => [TimelineAgreement], { description: "Its terms by first day, those of coming days included." })
  agreements: TimelineAgreement[];
  @Field(() => [TimelinePrice], {
    description: "What it costs from its start to its end, as known now; the last price goes on where no end is known.",
  })
  prices: TimelinePrice[];
  @Field(() => [TimelineUpgrade], { description: "Its time-limited upgrades, in order of recording." })
  upgrades: TimelineUpgrade[];
  @Field(() => [DiscountEndShift], {
    description:
      "How the discount end date became what it is: every date that counts for some day, each with the pauses that move it. The last step ends at `discountEnd`.",
  })
  shifts: DiscountEndShift[];
  @Field(() => LocalDateScalar, { description: "The first day that can be discounted; null: none.", nullable: true })
  discountFrom: string | null;
  @Field(() => LocalDateScalar, { description: "The first day without discount; null: there is none.", nullable: true })
  discountEnd: string | null;
  @Field(() => Boolean, { description: "Whether an open pause moves that date, now or later." })
  discountEndOpen: boolean;
  @Field(() => [DiscountGiven], {
    description:
      "The commitment's own discounts given through today, step by step: the last total is what `discountLedger` comes to.",
  })
  given: DiscountGiven[];
  @Field(() => TimelinePenalty, { description: "The penalty of its end; null: there is none.", nullable: true })
  penalty: TimelinePenalty | null;
  @Field(() => TimelineTermination, { description: "Its end; null: none is known.", nullable: true })
  termination: TimelineTermination | null;
}

@ObjectType({ description: "A commitment on a day, past or to come, as known now." })
export class CommitmentDay {
  @Field(() => LocalDateScalar, { description: "The day." }) day: string;
  @Field(() => CommitmentStatusEnum, { description: "Its status on that day." })
  status: keyof typeof CommitmentStatusEnum;
  @Field(() => Boolean, { description: "Whether the customer's service is blocked on that day." }) suspended: boolean;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => DecimalScalar, {
    description:
      "The recurring fees of a whole billing period by what holds on that day, served or not; null: the day is before its start or after its end.",
    nullable: true,
  })
  fee: string | null;
  @Field(() => DecimalScalar, { description: "Their discount; null as `fee` is.", nullable: true })
  discount: string | null;
  @Field(() => DecimalScalar, { description: "Fee minus discount; null as `fee` is.", nullable: true })
  net: string | null;
  @Field(() => DiscountOriginEnum, { description: "Where the discount comes from; null: none.", nullable: true })
  discountOrigin: keyof typeof DiscountOriginEnum | null;
  @Field(() => LocalDateScalar, {
    description: "The first day without discount, by what counts for that day; null: there is none.",
    nullable: true,
  })
  discountEndDate: string | null;
  commitmentId: string;
  customerId: string;
}

@ObjectType({ description: "A commitment on an axis with others." })
export class CommitmentBar {
  @Field(() => String, { description: "The name of its terms." }) name: string;
  @Field(() => CommitmentStatusEnum, { description: "Its status today." }) status: keyof typeof CommitmentStatusEnum;
  @Field(() => LocalDateScalar, { description: "Its first charged day." }) from: string;
  @Field(() => LocalDateScalar, {
    description: "Its last charged day, also where its account or customer is closed; null: none is known.",
    nullable: true,
  })
  lastDay: string | null;
  @Field(() => LocalDateScalar, { description: "The first day without discount; null: there is none.", nullable: true })
  discountEnd: string | null;
  @Field(() => [TimelinePause], { description: "Its pauses by first day, without cancelled ones." })
  pauses: TimelinePause[];
  commitmentId: string;
  accountId: string;
}

@ObjectType({ description: "Commitments on one axis, as known now, for a drawing." })
export class CommitmentsTimeline {
  @Field(() => LocalDateScalar, { description: "The customer's today." }) today: string;
  @Field(() => LocalDateScalar, { description: "The first start of them; today, where that is earlier." }) from: string;
  @Field(() => LocalDateScalar, { description: "The last day of any of them that is worth drawing." }) until: string;
  @Field(() => [CommitmentBar], { description: "The commitments by start, those that have ended among them." })
  commitments: CommitmentBar[];
  @Field(() => [TimelineSuspension], { description: "Suspensions of the customer, in order." })
  suspensions: TimelineSuspension[];
  @Field(() => [TimelineRate], { description: "Discount rates of the customer, in order." }) rates: TimelineRate[];
}
