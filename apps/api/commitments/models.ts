import { Field, ID, InputType, Int, ObjectType } from "@nestjs/graphql";
import { OneTimeFee, PeriodFee } from "../catalog/models.js";
import {
  CommitmentSortField,
  CommitmentStatusEnum,
  DiscountEndKindEnum,
  PauseStatusEnum,
  PenaltyStrategyEnum,
} from "../graphql/enums.js";
import { DateField, IdField, InputField, TextField } from "../graphql/fields.js";
import { connectionOf, SortDirection } from "../graphql/pagination.js";
import { payloadOf } from "../graphql/payload.js";
import { DecimalScalar, LocalDateScalar } from "../graphql/scalars.js";
import { Line } from "../invoices/models.js";

@ObjectType({ description: "A recurring fee as the commitment holds it, whatever the catalog says later." })
export class RecurringTerm {
  @Field(() => ID, { description: "Unique within the commitment; lines name it." }) rowId: string;
  @Field(() => ID, { description: "The subscription it was copied from." }) subscriptionId: string;
  @Field(() => ID, { description: "The add-on product that comes with it.", nullable: true })
  addOnProductId: string | null;
  @Field(() => String, { description: "For people." }) description: string;
  @Field(() => [PeriodFee], { description: "Its fees by type of billing period." }) fees: PeriodFee[];
  @Field(() => DecimalScalar, { description: "Flat amount off each billing period." }) discount: string;
  @Field(() => Int, { description: "Minimum subscription period.", nullable: true }) minimumPeriods: number | null;
  @Field(() => Boolean, { description: "False: the first period is charged whole." }) prorateFirst: boolean;
  @Field(() => Boolean, { description: "False: the last period is charged whole." }) prorateLast: boolean;
}

@ObjectType({ description: "What was agreed: copied from the offer when it was assigned or upgraded to." })
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
  @Field(() => LocalDateScalar, { description: "Their last day; null: they go on.", nullable: true })
  until: string | null;
  @Field(() => Terms, { description: "What was agreed." }) terms: Terms;
}

@ObjectType({ description: "A range of days without service and charges." })
export class Pause {
  @Field(() => LocalDateScalar, { description: "Its first free day." }) from: string;
  @Field(() => LocalDateScalar, {
    description: "Its last free day, the commitment's own last day if that is earlier; null: open until it is resumed.",
    nullable: true,
  })
  until: string | null;
  @Field(() => PauseStatusEnum, { description: "Its state today." }) status: keyof typeof PauseStatusEnum;
}

@ObjectType({ description: "A better add-on product at the same fee, for a time." })
export class TimeLimitedUpgrade {
  @Field(() => ID, { description: "The row whose add-on product it replaces." }) rowId: string;
  @Field(() => LocalDateScalar, { description: "Its first day." }) from: string;
  @Field(() => LocalDateScalar, {
    description: "Its last day, the commitment's own last day if that is earlier.",
  })
  until: string;
  @Field(() => Boolean, { description: "Whether today is one of its days." }) running: boolean;
  @Field(() => Terms, {
    description: "What the commitment moves to, or moved to, on the day after; null: nothing.",
    nullable: true,
  })
  thenUpgradeTo: Terms | null;
  addOnProductId: string;
}

@ObjectType({ description: "One offer held by one account. What depends on the day is as on the customer's today." })
export class Commitment {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => CommitmentStatusEnum, { description: "Its state." }) status: keyof typeof CommitmentStatusEnum;
  @Field(() => LocalDateScalar, { description: "Its first charged day." }) start: string;
  @Field(() => Terms, { description: "What is agreed: the terms in force, before its start the first." }) terms: Terms;
  @Field(() => [Agreement], { description: "All that was agreed, by day; what is to come is included." })
  agreements: Agreement[];
  @Field(() => LocalDateScalar, {
    description:
      "The first day on which its discount no longer applies; null: it has none. An open pause counts through today.",
    nullable: true,
  })
  discountEndDate: string | null;
  @Field(() => DiscountEndKindEnum, { description: "Where that date comes from." })
  discountEndKind: keyof typeof DiscountEndKindEnum;
  @Field(() => Boolean, {
    description: "Whether it has started and its discount has not ended; a pause or the customer's rate set aside.",
  })
  discountRunning: boolean;
  @Field(() => Boolean, { description: "Whether an open pause moves its discount end date, or will." })
  discountEndOpen: boolean;
  @Field(() => [Pause], { description: "Its pauses by first day, cancelled ones included." }) pauses: Pause[];
  @Field(() => Boolean, { description: "Whether a pause is still to come." }) pauseScheduled: boolean;
  @Field(() => [TimeLimitedUpgrade], { description: "Its time-limited upgrades, in the order of ordering." })
  timeLimitedUpgrades: TimeLimitedUpgrade[];
  @Field(() => Boolean, { description: "Whether a time-limited upgrade is running." }) upgradeRunning: boolean;
  @Field(() => Boolean, { description: "Whether its last charged day is today or still to come." })
  terminationScheduled: boolean;
  @Field(() => LocalDateScalar, { description: "Its last charged day; null: it goes on.", nullable: true })
  terminatedOn: string | null;
  @Field(() => Boolean, {
    description: "Whether that leaves a discounted day unserved, as things stand; null: it goes on.",
    nullable: true,
  })
  terminatedEarly: boolean | null;
  @Field(() => Boolean, { description: "Whether the penalty of its termination is not claimed." })
  penaltyWaived: boolean;
  offerId: string;
  accountId: string;
  customerId: string;
}

@ObjectType({ description: "What a termination would cost, or will; decided when its period is closed." })
export class PenaltyPreview {
  @Field(() => DecimalScalar, { description: "The sum of its lines; 0 when the termination is not early." })
  total: string;
  @Field(() => String, { description: "ISO 4217 code." }) currency: string;
  @Field(() => [Line], { description: "What it consists of." }) lines: Line[];
}

export const CommitmentConnection = connectionOf(Commitment, "Commitment", "commitments");
export const CommitmentPayload = payloadOf(Commitment, "Commitment", "commitment");

@ObjectType({ description: "The answer of terminating a commitment." })
export class TerminateCommitmentPayload extends CommitmentPayload {
  @Field(() => PenaltyPreview, {
    description: "What the termination costs, as known now.",
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
}

@InputType({ description: "How to sort commitments." })
export class CommitmentSort {
  @Field(() => CommitmentSortField, { description: "By what." }) by: keyof typeof CommitmentSortField;
  @Field(() => SortDirection, { description: "In which direction.", defaultValue: "ASC" }) direction: SortDirection;
}
