import { Field, InputType, Int, ObjectType } from "@nestjs/graphql";
import { OneTimeFee, PeriodFee } from "../catalog/models.js";
import {
  CommitmentSortField,
  CommitmentStatusEnum,
  DiscountEndKindEnum,
  PauseRequestStatusEnum,
  PauseStatusEnum,
  UpgradeDiscountEndKindEnum,
} from "./enums.js";
import { PenaltyStrategyEnum } from "../catalog/enums.js";
import { DateField, IdField, InputField, TextField } from "../graphql/fields.js";
import { CREATED_AT, NODE, UPDATED_AT } from "../graphql/node.js";
import { connectionOf, SortDirection } from "../graphql/pagination.js";
import { payloadOf } from "../graphql/payload.js";
import { DecimalScalar, ID, InstantScalar, LocalDateScalar } from "../graphql/scalars.js";
import { Line } from "../invoices/models.js";

@ObjectType({
  description: "A recurring fee row of the commitment's terms; later changes of the catalog do not affect it.",
})
export class RecurringTerm {
  @Field(() => ID, { description: "Id of the row, unique within the commitment; lines refer to it." }) rowId: string;
  @Field(() => ID, { description: "The plan it was copied from." }) planId: string;
  @Field(() => ID, { description: "The add-on product's id.", nullable: true })
  addOnProductId: string | null;
  @Field(() => String, { description: "Description of the row, for invoices." }) description: string;
  @Field(() => [PeriodFee], { description: "Its fees by billing period type." }) fees: PeriodFee[];
  @Field(() => DecimalScalar, { description: "Discount of each billing period." }) discount: string;
  @Field(() => Int, { description: "Minimum subscription period.", nullable: true }) minimumPeriods: number | null;
  @Field(() => Boolean, { description: "False: the first period is charged whole." }) prorateFirst: boolean;
  @Field(() => Boolean, { description: "False: the last period is charged whole." }) prorateLast: boolean;
}

@ObjectType({ description: "Terms, copied from the offer when it was assigned or upgraded to." })
export class Terms {
  @Field(() => String, { description: "The offer's name." }) name: string;
  @Field(() => Int, { description: "The offer's revision." }) offerRevision: number;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => Int, { description: "Discount period, a number of billing periods; null: none.", nullable: true })
  discountPeriods: number | null;
  @Field(() => PenaltyStrategyEnum, { description: "How an early termination is priced." })
  penalty: keyof typeof PenaltyStrategyEnum;
  @Field(() => DecimalScalar, { description: "Charged to the receiver of a transfer." }) transferFee: string;
  @Field(() => [RecurringTerm], { description: "The recurring fees." }) recurring: RecurringTerm[];
  @Field(() => [OneTimeFee], { description: "The one-time fees." }) oneTime: OneTimeFee[];
}

@ObjectType({ description: "Terms with the days on which they are in force." })
export class Agreement {
  @Field(() => LocalDateScalar, { description: "Their first day." }) from: string;
  @Field(() => LocalDateScalar, { description: "Their last day; null: not limited.", nullable: true })
  until: string | null;
  @Field(() => Terms, { description: "The terms." }) terms: Terms;
}

@ObjectType({ description: "A range of days without service and charges." })
export class Pause {
  @Field(() => LocalDateScalar, { description: "Its first paused day." }) from: string;
  @Field(() => LocalDateScalar, {
    description: "Its last paused day, or the commitment's last charged day if that is earlier; null: an open pause.",
    nullable: true,
  })
  until: string | null;
  @Field(() => PauseStatusEnum, { description: "Its status today." }) status: keyof typeof PauseStatusEnum;
  @Field(() => Boolean, { description: "Whether the customer paused by itself, or asked for the pause." })
  selfCare: boolean;
}

@ObjectType({ description: "A pause that the customer asked for, beyond what it may do by itself." })
export class PauseRequest {
  @Field(() => LocalDateScalar, { description: "The first paused day." }) from: string;
  @Field(() => LocalDateScalar, { description: "The last paused day." }) until: string;
  @Field(() => LocalDateScalar, { description: "The day of the request." }) requestedOn: string;
  @Field(() => PauseRequestStatusEnum, { description: "What became of it." })
  status: keyof typeof PauseRequestStatusEnum;
  @Field(() => String, { description: "Why it was declined; null: it was not.", nullable: true })
  reason: string | null;
}

@ObjectType({ description: "A better add-on product at the same fee, through a last day." })
export class TimeLimitedUpgrade {
  @Field(() => ID, { description: "The row whose add-on product it replaces." }) rowId: string;
  @Field(() => LocalDateScalar, { description: "Its first day." }) from: string;
  @Field(() => LocalDateScalar, {
    description: "Its last day, or the commitment's last charged day if that is earlier.",
  })
  until: string;
  @Field(() => Boolean, { description: "Whether today is one of its days." }) running: boolean;
  @Field(() => Terms, {
    description: "The terms of the planned upgrade on the day after; null: none.",
    nullable: true,
  })
  thenUpgradeTo: Terms | null;
  addOnProductId: string;
}

@ObjectType({ description: "An upgrade to another offer on a coming day." })
export class ScheduledUpgrade {
  @Field(() => LocalDateScalar, { description: "The first day of the new fees." }) from: string;
  @Field(() => Terms, { description: "The terms that come into force on that day, as they were when it was ordered." })
  terms: Terms;
  @Field(() => UpgradeDiscountEndKindEnum, {
    description: "`KEEP`: the discount end date is kept, if there is one; `DEFAULT`: the discount period begins anew.",
  })
  discountEnd: keyof typeof UpgradeDiscountEndKindEnum;
  @Field(() => LocalDateScalar, { description: "The day on which it was ordered." }) orderedOn: string;
}

@ObjectType({ description: "New recurring fees and discounts from a coming billing period on." })
export class FeesRenewal {
  @Field(() => LocalDateScalar, { description: "The first day of the new fees." }) from: string;
  @Field(() => Terms, { description: "The terms with the new fees, as they were when it was ordered." }) terms: Terms;
  @Field(() => LocalDateScalar, { description: "The day on which it was ordered." }) orderedOn: string;
}

@ObjectType({ description: "An account that holds or held a commitment, with its days." })
export class CommitmentHolder {
  @Field(() => LocalDateScalar, { description: "Its first day." }) from: string;
  @Field(() => LocalDateScalar, { description: "Its last day; null: it holds the commitment now.", nullable: true })
  until: string | null;
  @Field(() => DecimalScalar, {
    description: "The transfer fee that it was charged; null: the commitment was assigned to it.",
    nullable: true,
  })
  transferFee: string | null;
  accountId: string;
  customerId: string;
}

@ObjectType({
  ...NODE,
  description: "One offer held by one account. Values that depend on the day are those of the customer's today.",
})
export class Commitment {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => InstantScalar, CREATED_AT) createdAt: string;
  @Field(() => InstantScalar, UPDATED_AT) updatedAt: string;
  @Field(() => CommitmentStatusEnum, { description: "Its status." }) status: keyof typeof CommitmentStatusEnum;
  @Field(() => LocalDateScalar, { description: "Its first charged day." }) start: string;
  @Field(() => Terms, { description: "The terms in force; before its start the first terms." }) terms: Terms;
  @Field(() => [Agreement], { description: "All held terms by day, those of coming days included." })
  agreements: Agreement[];
  @Field(() => LocalDateScalar, {
    description:
      "The first day on which its discount no longer applies; null: it has none. An open pause counts through today.",
    nullable: true,
  })
  discountEndDate: string | null;
  @Field(() => DiscountEndKindEnum, { description: "The kind of that date." })
  discountEndKind: keyof typeof DiscountEndKindEnum;
  @Field(() => Boolean, {
    description:
      "Whether it has started and its discount has not ended, regardless of pauses and of the customer's discount rate.",
  })
  discountRunning: boolean;
  @Field(() => Boolean, { description: "Whether an open pause moves its discount end date, now or later." })
  discountEndOpen: boolean;
  @Field(() => [CommitmentHolder], {
    description:
      "The accounts that hold or held it by day, the one that it was assigned to first; those that held it on no day are left out.",
  })
  holders: CommitmentHolder[];
  @Field(() => [Pause], { description: "Its pauses by first paused day, cancelled ones included." }) pauses: Pause[];
  @Field(() => [PauseRequest], { description: "What the customer asked for, in order of recording." })
  pauseRequests: PauseRequest[];
  @Field(() => Boolean, { description: "Whether a pause is still to come." }) pauseScheduled: boolean;
  @Field(() => [TimeLimitedUpgrade], { description: "Its time-limited upgrades, in order of recording." })
  timeLimitedUpgrades: TimeLimitedUpgrade[];
  @Field(() => Boolean, { description: "Whether a time-limited upgrade is running." }) upgradeRunning: boolean;
  @Field(() => Boolean, { description: "Whether an upgrade to another offer is still to come." })
  upgradeScheduled: boolean;
  @Field(() => ScheduledUpgrade, { description: "The upgrade that is still to come; null: none.", nullable: true })
  scheduledUpgrade: ScheduledUpgrade | null;
  @Field(() => Boolean, { description: "Whether a renewal of its fees is still to come." }) renewalWaiting: boolean;
  @Field(() => FeesRenewal, { description: "The renewal that is still to come; null: none.", nullable: true })
  waitingRenewal: FeesRenewal | null;
  @Field(() => Boolean, { description: "Whether its last charged day is today or still to come." })
  terminationScheduled: boolean;
  @Field(() => LocalDateScalar, { description: "Its last charged day; null: it is not terminated.", nullable: true })
  terminatedOn: string | null;
  @Field(() => Boolean, {
    description:
      "Whether the termination is early, as known now: a discounted day is not served; null: it is not terminated.",
    nullable: true,
  })
  terminatedEarly: boolean | null;
  @Field(() => Boolean, { description: "Whether the penalty of its termination is waived." })
  penaltyWaived: boolean;
  @Field(() => Boolean, {
    description: "Whether it was annulled within the cooling-off days: nothing of it is charged.",
  })
  annulled: boolean;
  offerId: string;
  accountId: string;
  customerId: string;
}

@ObjectType({ description: "Preview of a termination's penalty; the period close decides it." })
export class PenaltyPreview {
  @Field(() => DecimalScalar, { description: "The sum of its lines; 0 when the termination is not early." })
  total: string;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => [Line], { description: "The penalty lines." }) lines: Line[];
}

export const CommitmentConnection = connectionOf(Commitment, "Commitment", "commitments");
export const CommitmentPayload = payloadOf(Commitment, "Commitment", "commitment");

@ObjectType({ description: "The answer of terminating a commitment." })
export class TerminateCommitmentPayload extends CommitmentPayload {
  @Field(() => PenaltyPreview, {
    description: "The penalty of the termination, as known now.",
    nullable: true,
  })
  penaltyPreview: PenaltyPreview | null;
}

const optional = { nullable: true };

@InputType({ description: "Which commitments to list." })
export class CommitmentFilter {
  @IdField("Only those of this customer.", optional) customerId?: string | null;
  @IdField("Only those on this account.", optional) accountId?: string | null;
  @IdField("Only those of this offer.", optional) offerId?: string | null;
  @InputField(
    () => CommitmentStatusEnum,
    "Only those in this state today: the customer's today where the filter names one or an account, else that of UTC.",
    optional,
  )
  status?: keyof typeof CommitmentStatusEnum | null;
  @TextField("Only those whose offer's name contains this text, whatever its case.", optional) name?: string | null;
  @DateField("Only those whose discount ends on this day or later, as they stood when they last changed.", optional)
  discountEndFrom?: string | null;
  @DateField("Only those whose discount ends on this day or earlier, as they stood when they last changed.", optional)
  discountEndUntil?: string | null;
  @DateField("Only those terminated on this day or later.", optional) terminatedFrom?: string | null;
  @DateField("Only those terminated on this day or earlier.", optional) terminatedUntil?: string | null;
  @DateField(
    "Only those of which something ends on this day or later: their discount, unless they end before, or they themselves. With `endUntil`, it is the same that ends.",
    optional,
  )
  endFrom?: string | null;
  @DateField("Only those of which something ends on this day or earlier.", optional) endUntil?: string | null;
}

@InputType({ description: "The sort order of commitments." })
export class CommitmentSort {
  @Field(() => CommitmentSortField, { description: "The sort key." }) by: keyof typeof CommitmentSortField;
  @Field(() => SortDirection, { description: "The direction.", defaultValue: "ASC" }) direction: SortDirection;
}
