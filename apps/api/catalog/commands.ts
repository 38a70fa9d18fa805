import { Field, InputType } from "@nestjs/graphql";
import { type catalogCommands } from "#application/catalog/commands.js";
import { BillingPeriodEnum, LanguageEnum, RoundingModeEnum } from "../graphql/enums.js";
import { PenaltyStrategyEnum } from "./enums.js";
import { Expecting } from "../graphql/expected.js";
import {
  AmountField,
  CountField,
  CountListField,
  FlagField,
  IdempotencyKey,
  IdField,
  IdListField,
  InputField,
  NestedField,
  NestedListField,
  TextField,
} from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { VoiceServiceInput } from "./voice-models.js";
import { DateFormatInput } from "./date-format.js";
import {
  AddOnProductPayload,
  CustomerClassPayload,
  MainProductPayload,
  PlanPayload,
  VolumeDiscountPlanPayload,
} from "./models.js";

@InputType({ description: "The fee of one whole billing period." })
export class PeriodFeeInput {
  @Field(() => BillingPeriodEnum, { description: "The billing period type; each at most once." })
  period: keyof typeof BillingPeriodEnum;
  @AmountField("The fee.") amount: string;
}

const GIVES_CALLS = "What calls of its accounts need to know; null: it gives no calls.";

@InputType({ description: "Defines a plan." })
export class DefinePlanInput {
  @IdempotencyKey() idempotencyKey: string;
  @TextField("Its name.") name: string;
  @TextField("ISO 4217 code.") currency: string;
  @NestedListField(() => PeriodFeeInput, "Its fees by type of billing period; at least one.")
  recurringFees: PeriodFeeInput[];
  @CountField("Minimum subscription period, a number of billing periods.", { nullable: true })
  minimumPeriods?: number | null;
  @InputField(() => PenaltyStrategyEnum, "How an early termination is priced; `SUM_OF_DISCOUNTS` unless given.", {
    optional: true,
  })
  penalty?: keyof typeof PenaltyStrategyEnum;
  @AmountField("The penalty of each row under `FIXED`; required there, and refused otherwise.", { nullable: true })
  penaltyAmount?: string | null;
  @FlagField("False: the first period is charged whole. True unless given.", { optional: true })
  prorateFirst?: boolean;
  @FlagField("False: the last period is charged whole. True unless given.", { optional: true })
  prorateLast?: boolean;
}

@Expecting("planId")
@InputType({ description: "Revises a plan. Fields left out keep their values; commitments keep their terms." })
export class RevisePlanInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The plan.") planId: string;
  @TextField("Its name.", { optional: true }) name?: string;
  @NestedListField(() => PeriodFeeInput, "Its fees by type of billing period, all of them.", { optional: true })
  recurringFees?: PeriodFeeInput[];
  @CountField("Minimum subscription period; null removes it.", { nullable: true }) minimumPeriods?: number | null;
  @InputField(() => PenaltyStrategyEnum, "How an early termination is priced.", { optional: true })
  penalty?: keyof typeof PenaltyStrategyEnum;
  @AmountField("The penalty of each row under `FIXED`.", { nullable: true }) penaltyAmount?: string | null;
  @FlagField("False: the first period is charged whole.", { optional: true }) prorateFirst?: boolean;
  @FlagField("False: the last period is charged whole.", { optional: true }) prorateLast?: boolean;
}

@InputType({ description: "Defines an add-on product." })
export class DefineAddOnProductInput {
  @IdempotencyKey() idempotencyKey: string;
  @TextField("Its name.") name: string;
  @TextField("The service that it belongs to, e.g. Internet.") service: string;
  @TextField("What it includes, for people, e.g. 1 GB.", { nullable: true }) quota?: string | null;
  @IdField("The volume discount plan that it refers to.", { nullable: true }) volumeDiscountPlanId?: string | null;
  @NestedField(() => VoiceServiceInput, GIVES_CALLS, { nullable: true }) voice?: VoiceServiceInput | null;
}

@InputType({ description: "A discount from a used volume on." })
export class ThresholdInput {
  @AmountField("Used volume from which it applies, in the plan's unit.") from: string;
  @AmountField("Percent.") percent: string;
}

@InputType({ description: "Defines a volume discount plan." })
export class DefineVolumeDiscountPlanInput {
  @IdempotencyKey() idempotencyKey: string;
  @TextField("Its name.") name: string;
  @TextField("The service that it belongs to, e.g. Internet.") service: string;
  @AmountField("The volume that is included.") quota: string;
  @TextField("The unit of the quota, e.g. GB.") unit: string;
  @NestedListField(() => ThresholdInput, "Discounts by used volume; none unless given.", { optional: true })
  thresholds?: ThresholdInput[];
}

@InputType({ description: "Defines a main product." })
export class DefineMainProductInput {
  @IdempotencyKey() idempotencyKey: string;
  @TextField("Its name.") name: string;
  @IdListField("The add-on products that are allowed with it; none unless given.", { optional: true })
  addOnProductIds?: string[];
  @NestedField(() => VoiceServiceInput, GIVES_CALLS, { nullable: true }) voice?: VoiceServiceInput | null;
}

@Expecting("mainProductId")
@InputType({ description: "Revises a main product. Fields left out keep their values." })
export class ReviseMainProductInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The main product.") mainProductId: string;
  @TextField("Its name.", { optional: true }) name?: string;
  @IdListField("The add-on products that are allowed with it, all of them.", { optional: true })
  addOnProductIds?: string[];
  @NestedField(() => VoiceServiceInput, GIVES_CALLS, { nullable: true }) voice?: VoiceServiceInput | null;
}

@InputType({ description: "Defines a customer class." })
export class DefineCustomerClassInput {
  @IdempotencyKey() idempotencyKey: string;
  @TextField("Its name.") name: string;
  @CountField("Days from issue to due date of an invoice; 14 unless given.", { optional: true }) graceDays?: number;
  @InputField(() => RoundingModeEnum, "How amounts are rounded; `HALF_UP` unless given.", { optional: true })
  rounding?: keyof typeof RoundingModeEnum;
  @InputField(() => LanguageEnum, "The language of documents and mails; `EN` unless given.", { optional: true })
  language?: keyof typeof LanguageEnum;
  @NestedField(() => DateFormatInput, "How dates are written to its customers; `LANGUAGE` unless given.", {
    optional: true,
  })
  dateFormat?: DateFormatInput;
  @CountField("Days that its customers may pause in a calendar year by themselves; 0 unless given.", { optional: true })
  selfPauseDaysPerYear?: number;
  @CountField("Days that a pause by the customer itself may have; 0 unless given.", { optional: true })
  selfPauseLongestDays?: number;
  @CountField("Days from the order of a pause by the customer itself to its first day, at least; 0 unless given.", {
    optional: true,
  })
  selfPauseNoticeDays?: number;
  @CountField(
    "Days after the due date of the oldest unpaid invoice after which a customer is suspended; null: never.",
    {
      nullable: true,
    },
  )
  suspendAfterDays?: number | null;
  @CountField("Days after that due date after which the customer's commitments are terminated; null: never.", {
    nullable: true,
  })
  terminateAfterDays?: number | null;
  @CountListField("Days after that due date on which a customer is reminded; none unless given.", { optional: true })
  remindAfterDays?: number[];
  @CountField("Days before the suspension on which a customer is warned of it; 3 unless given.", { optional: true })
  warnBeforeSuspensionDays?: number;
  @CountField("Days before a discount end date on which the commitment's holder is told of it; 30 unless given.", {
    optional: true,
  })
  warnBeforeEndDays?: number;
}

@Expecting("customerClassId")
@InputType({ description: "Revises a customer class from today on. Fields left out keep their values." })
export class ReviseCustomerClassInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The customer class.") customerClassId: string;
  @TextField("Its name.", { optional: true }) name?: string;
  @CountField("Days from issue to due date of an invoice.", { optional: true }) graceDays?: number;
  @InputField(() => RoundingModeEnum, "How amounts are rounded.", { optional: true })
  rounding?: keyof typeof RoundingModeEnum;
  @InputField(() => LanguageEnum, "The language of documents and mails.", { optional: true })
  language?: keyof typeof LanguageEnum;
  @NestedField(() => DateFormatInput, "How dates are written to its customers.", { optional: true })
  dateFormat?: DateFormatInput;
  @CountField("Days that its customers may pause in a calendar year by themselves.", { optional: true })
  selfPauseDaysPerYear?: number;
  @CountField("Days that a pause by the customer itself may have.", { optional: true })
  selfPauseLongestDays?: number;
  @CountField("Days from the order of a pause by the customer itself to its first day, at least.", {
    optional: true,
  })
  selfPauseNoticeDays?: number;
  @CountField(
    "Days after the due date of the oldest unpaid invoice after which a customer is suspended; null: never.",
    {
      nullable: true,
    },
  )
  suspendAfterDays?: number | null;
  @CountField("Days after that due date after which the customer's commitments are terminated; null: never.", {
    nullable: true,
  })
  terminateAfterDays?: number | null;
  @CountListField("Days after that due date on which a customer is reminded, all of them.", { optional: true })
  remindAfterDays?: number[];
  @CountField("Days before the suspension on which a customer is warned of it.", {
    optional: true,
  })
  warnBeforeSuspensionDays?: number;
  @CountField("Days before a discount end date on which the commitment's holder is told of it.", { optional: true })
  warnBeforeEndDays?: number;
}

const ADD_ON_PRODUCT = { kind: "addOnProduct", payload: AddOnProductPayload } as const;
const CUSTOMER_CLASS = { kind: "customerClass", payload: CustomerClassPayload } as const;
const MAIN_PRODUCT = { kind: "mainProduct", payload: MainProductPayload } as const;
const PLAN = { kind: "plan", payload: PlanPayload } as const;
const VOLUME_DISCOUNT_PLAN = { kind: "volumeDiscountPlan", payload: VolumeDiscountPlanPayload } as const;

export const catalogMutations = {
  definePlan: {
    input: DefinePlanInput,
    description: "Defines a plan.",
    answers: PLAN,
  },
  revisePlan: {
    input: RevisePlanInput,
    description: "Revises a plan; commitments keep their terms.",
    answers: PLAN,
  },
  defineAddOnProduct: {
    input: DefineAddOnProductInput,
    description: "Defines an add-on product.",
    answers: ADD_ON_PRODUCT,
  },
  defineVolumeDiscountPlan: {
    input: DefineVolumeDiscountPlanInput,
    description: "Defines a volume discount plan.",
    answers: VOLUME_DISCOUNT_PLAN,
  },
  defineMainProduct: {
    input: DefineMainProductInput,
    description: "Defines a main product.",
    answers: MAIN_PRODUCT,
  },
  reviseMainProduct: {
    input: ReviseMainProductInput,
    description: "Revises a main product; accounts keep their commitments.",
    answers: MAIN_PRODUCT,
  },
  defineCustomerClass: {
    input: DefineCustomerClassInput,
    description: "Defines a customer class.",
    answers: CUSTOMER_CLASS,
  },
  reviseCustomerClass: {
    input: ReviseCustomerClassInput,
    description: "Revises a customer class from today on.",
    answers: CUSTOMER_CLASS,
  },
} satisfies MutationFields<keyof typeof catalogCommands>;
